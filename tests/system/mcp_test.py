"""An assistant asks the archive by the Model Context Protocol, line by line."""
import datetime
import json
import subprocess
import unittest

import program
from program import Folder, FeedServer, rss, with_validator

CLOSES = datetime.date.today() + datetime.timedelta(days=20)


class Assistant(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = FeedServer()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.folder = Folder()
        cls.addClassCleanup(cls.folder.remove)
        cls.server.pages["/f"] = with_validator(rss("Pirha", [
            ("https://pirha.example/1", "Järjestöavustusten haku Pirkanmaalla",
             f"<p>Pirkanmaan hyvinvointialueen järjestöavustusten hakuaika päättyy {CLOSES:%-d.%-m.%Y}.</p>", None),
            ("https://pirha.example/2", "Aluevaltuusto kokoontui", "<p>Kokous pidettiin Tampereella.</p>", None)]))
        cls.folder.feeds([("pirha", cls.server.url("/f"), 'area = "pirkanmaa"')])
        cls.folder.run("poll", "--all")

    def setUp(self):
        self.process = subprocess.Popen(
            [program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "mcp"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.addCleanup(self.end)
        self.last_id = 0

    def end(self):
        if self.process.poll() is None:
            self.process.communicate(timeout=20)

    def send(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ask(self, method, **parameters):
        self.last_id += 1
        self.send(json.dumps({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": parameters}))
        answer = json.loads(self.process.stdout.readline())
        self.assertEqual(answer["jsonrpc"], "2.0")
        self.assertEqual(answer["id"], self.last_id)
        return answer

    def call(self, tool, **arguments):
        result = self.ask("tools/call", name=tool, arguments=arguments)["result"]
        text = result["content"][0]["text"]
        return text if result["isError"] else json.loads(text)

    def test_greeting_then_tools(self):
        greeting = self.ask("initialize", protocolVersion="2025-03-26", capabilities={},
                            clientInfo={"name": "test", "version": "1"})["result"]
        self.assertEqual(greeting["protocolVersion"], "2025-03-26")
        self.assertIn("tools", greeting["capabilities"])
        self.send('{"jsonrpc": "2.0", "method": "notifications/initialized"}')  # nobody answers that
        self.assertEqual(self.ask("ping")["result"], {})
        tools = {tool["name"]: tool for tool in self.ask("tools/list")["result"]["tools"]}
        self.assertEqual(set(tools), {"search", "show", "deadlines", "coverage"})
        for tool in tools.values():
            self.assertEqual(tool["inputSchema"]["type"], "object")
            self.assertTrue(tool["annotations"]["readOnlyHint"])
        self.assertEqual(self.ask("initialize", protocolVersion="1.0")["result"]["protocolVersion"], "2025-06-18")

    def test_search_show_deadlines_coverage(self):
        found = self.call("search", filter="avustus area:pirkanmaa")
        self.assertEqual([entry["url"] for entry in found["entries"]], ["https://pirha.example/1"])
        entry = self.call("show", id=found["entries"][0]["id"])
        self.assertIn("hakuaika", entry["text"])
        self.assertEqual(entry["tags"]["areas"][0]["id"], "pirkanmaa")
        rows = self.call("deadlines", filter="")["deadlines"]
        self.assertEqual([row["date"] for row in rows], [CLOSES.isoformat()])
        areas = {area["area"]: area for area in self.call("coverage")["areas"]}
        self.assertEqual(areas["pirkanmaa"]["sources"], 1)
        self.assertEqual(areas["lappi"]["empty_because"], "no-source")

    def test_a_list_goes_on(self):
        first = self.call("search", filter="story:all", limit=1)
        second = self.call("search", filter="story:all", limit=1, cursor=first["next"])
        self.assertEqual(second["next"], "")
        self.assertNotEqual(first["entries"][0]["id"], second["entries"][0]["id"])

    def test_mistakes_are_answered(self):
        self.assertIn("area:pirkanmaa", self.call("search", filter="area:pirkanma"))
        self.assertIn("limit", self.call("search", filter="", limit=0))
        self.assertIn("cursor", self.call("search", filter="", cursor="x"))
        self.assertIn("day", self.call("deadlines", **{"from": "2026-02-30"}))
        self.assertIn("id", self.call("show", id=1))
        self.assertEqual(self.ask("tools/call", name="erase")["error"]["code"], -32602)
        self.assertEqual(self.ask("resources/list")["error"]["code"], -32601)
        for line, code in (("{", -32700), ("[]", -32600), ('"x"', -32600), ('{"id": 1}', -32600), ("\x00\xff", -32700),
                           ("[" * 100000, -32700), ("x" * 2000000, -32600),
                           ('{"id": {}, "method": "ping"}', -32600), ('{"id": 1, "method": "ping", "params": 1}', -32602)):
            self.send(line)
            self.assertEqual(json.loads(self.process.stdout.readline())["error"]["code"], code, line[:40])
        self.assertEqual(self.ask("ping")["result"], {})

    def test_it_ends_with_its_input(self):
        self.process.communicate(timeout=20)
        self.assertEqual(self.process.returncode, 0)


if __name__ == "__main__":
    unittest.main()
