// Every page of the site, by name, as the demo's archive gives them.
export async function pages_of(site) {
  const with_deadline = await site.entry((entry) => entry.deadlines.length > 0 && entry.tellings > 1);
  const edited = await site.edited();
  await site.sign_up("maija@yhdistys.example");
  return {
    front: "/",
    search: "/?q=" + encodeURIComponent("avustus"),
    narrowed: "/?q=" + encodeURIComponent("area:varsinais-suomi since:30d"),
    nothing: "/?q=" + encodeURIComponent("zzyzx"),
    mistake: "/?q=" + encodeURIComponent("avustus area:lapi"),
    entry: `/entry/${with_deadline.id}`,
    edited: `/entry/${edited.id}`,
    areas: "/areas",
    area: "/areas/varsinais-suomi",
    silent_area: "/areas/keski-pohjanmaa",
    topic: "/topics/jarjestoavustukset",
    coverage: "/coverage",
    deadlines: "/deadlines",
    feeds: "/feeds",
    digest: await site.link("digests"),
    subscribe: "/subscribe?q=" + encodeURIComponent("area:varsinais-suomi topic:jarjestoavustukset"),
    sent: "/subscribe/sent",
    confirm: await site.link("confirm"),
    unknown_link: "/confirm/unknown",
    manage: await site.link("manage"),
    unsubscribe: await site.link("unsubscribe"),
    missing: "/entry/999999999",
  };
}
