"""Cost against size as one sheet of small plots (SVG), in the colours of whoever looks.

Both axes are logarithmic: what grows as size^e is a line that rises by e. The dashed line is n log n through the
last point (log n for what is the cost of one).
"""
import math

LEFT, TOP, WIDE, HIGH = 58, 40, 300, 150
PANEL_WIDE, PANEL_HIGH = LEFT + WIDE + 22, TOP + HIGH + 44
STYLE = """<style>
svg { font: 11px sans-serif; background: #fff; color: #222 }
text { fill: currentColor } .title { font-size: 13px; font-weight: bold } .small { fill: #666 }
.grid { stroke: #ddd } .law { fill: none; stroke: #888; stroke-dasharray: 4 3 }
.cost { fill: none; stroke: #0b5c8a; stroke-width: 2 } .point { fill: #0b5c8a }
@media (prefers-color-scheme: dark) {
  svg { background: #14181c; color: #e4e7ea } .small { fill: #a5acb3 } .grid { stroke: #333a41 }
  .law { stroke: #8b939b } .cost { stroke: #6cb8e6 } .point { fill: #6cb8e6 }
}
</style>"""


def exponent(points):
    """Of (size, cost) pairs, by least squares over their logarithms."""
    xs, ys = [math.log(size) for size, _ in points], [math.log(max(cost, 1e-9)) for _, cost in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def law(points, of_one):
    """What n log n, or log n, would be at the same sizes."""
    def shape(n):
        return math.log(n) if of_one else n * math.log(n)
    size, cost = points[-1]
    return [(n, cost * shape(n) / shape(size)) for n, _ in points]


def short(number):
    for unit, name in ((1e6, "M"), (1e3, "k")):
        if number >= unit:
            return f"{number / unit:g}{name}"
    return f"{number:g}"


def seconds(cost):
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "us")):
        if cost >= unit * 0.999:
            return f"{cost / unit:g} {name}"
    return f"{cost:g} s"


def panel(title, points, of_one, at):
    expected = law(points, of_one)
    costs = [cost for _, cost in points + expected]
    low, high = math.floor(math.log10(min(costs))), math.ceil(math.log10(max(costs)))
    high = max(high, low + 1)
    first, last = points[0][0], points[-1][0]

    def place(size, cost):
        x = LEFT + WIDE * math.log(size / first) / math.log(last / first)
        return f"{x:.1f},{TOP + HIGH * (1 - (math.log10(cost) - low) / (high - low)):.1f}"

    out = [f'<g transform="translate({at[0]} {at[1]})"><text class="title" x="{LEFT}" y="22">{title}</text>']
    for decade in range(low, high + 1):
        y = float(place(first, 10.0 ** decade).split(",")[1])
        out.append(f'<path class="grid" d="M{LEFT} {y}h{WIDE}"/>'
                   f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{seconds(10.0 ** decade)}</text>')
    for size, _ in points:
        x = place(size, costs[0]).split(",")[0]
        out.append(f'<text x="{x}" y="{TOP + HIGH + 16}" text-anchor="middle">{short(size)}</text>')
    for kind, line in (("law", expected), ("cost", points)):
        out.append(f'<polyline class="{kind}" points="{" ".join(place(*each) for each in line)}"/>')
    out += ['<circle class="point" r="3" cx="{}" cy="{}"/>'.format(*place(*each).split(",")) for each in points]
    out.append(f'<text class="small" x="{LEFT + WIDE}" y="{TOP + HIGH + 34}" text-anchor="end">exponent {exponent(points):.2f}; '
               f'dashed: {"log n" if of_one else "n log n"}, {exponent(expected):.2f}</text></g>')
    return "\n".join(out)


def sheet(panels):
    """`panels`: (title, [(size, seconds)], is it the cost of one?)."""
    rows = (len(panels) + 1) // 2
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * PANEL_WIDE} {rows * PANEL_HIGH}" role="img">'
           f"<title>Cost against size</title>{STYLE}"]
    for number, (title, points, of_one) in enumerate(panels):
        out.append(panel(title, points, of_one, (number % 2 * PANEL_WIDE, number // 2 * PANEL_HIGH)))
    return "\n".join([*out, "</svg>\n"])
