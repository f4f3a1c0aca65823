"""scripts/make-catalogue and make-tags on small tables; what they write is TOML that
says what the tables say."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    import tomllib
except ImportError:  # Python before 3.11
    tomllib = None

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / 'scripts'
AREAS = '''id	code	kind	name_fi	name_sv	name_en	short_fi	short_sv	aliases	domains	founded_from
pirkanmaa	08	county	Pirkanmaan hyvinvointialue	Birkalands välfärdsområde	Wellbeing services county of Pirkanmaa	Pirkanmaa	Birkaland	Pirha|PSHP	pirha.fi|tays.fi	PSHP
hus		hus	HUS-yhtymä	HUS-sammanslutningen	HUS Group	HUS	HUS	HUS|Hyks	hus.fi	-
koko-maa		national	Koko maa	Hela landet	Whole country	Koko maa	Hela landet	valtakunnallinen	stm.fi	-
'''
FEEDS = '''id	title	publisher	scope	area_id	lang	kind	url	discovery	evidence	confidence	platform
stm	STM: "uutta"	Sosiaali- ja terveysministeriö	national		fi	press	https://stm.fi/rss	feed	seen	seen	liferay
il	Iltalehti	Alma Media	national		fi	media	https://il.fi/rss	feed	seen	seen	other
minutes	Minutes	Pirkanmaan hyvinvointialue	regional	pirkanmaa	mixed	decisions	https://p.fi/cgi/DREQUEST.PHP?page=rss/meetings&show=30	feed	host seen	pattern	dynasty
page	News	Pirkanmaan hyvinvointialue	regional	pirkanmaa	fi	blog	https://p.fi/uutiset	page	not seen	guess	other
'''
MUNICIPALITIES = '''code	name_fi	name_sv	area_id	language	common_word	ambiguous_note
837	Tampere	Tammerfors	pirkanmaa	fi	0	-
536	Nokia	Nokia	pirkanmaa	fi	1	high: a company
'''
PLACES = '''name	lang	kind	area_ids	note
Tays	fi	hospital	pirkanmaa	-
Kuru	fi	old_municipality	pirkanmaa	now Ylöjärvi; word
Etelä	fi	cooperation_area	hus|pirkanmaa	bare Etelä is a general compass word
'''


@unittest.skipIf(tomllib is None, 'this Python has no tomllib')
class MakeData(unittest.TestCase):
    def run_script(self, name, *tables):
        """The TOML files that the script writes, by name."""
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for index, table in enumerate(tables):
                paths.append(pathlib.Path(folder, '%d.tsv' % index))
                paths[-1].write_text(table, encoding='utf-8')
            out = pathlib.Path(folder, 'out')
            subprocess.run([sys.executable, SCRIPTS / name, *paths, out], check=True, capture_output=True)
            self.texts = {path.stem: path.read_text(encoding='utf-8') for path in out.iterdir()}
            return {stem: tomllib.loads(text) for stem, text in self.texts.items()}

    def test_catalogue(self):
        files = self.run_script('make-catalogue', FEEDS, AREAS)
        self.assertEqual(set(files), {'national', 'media', 'pirkanmaa'})
        self.assertEqual(files['national']['feed'][0]['title'], 'STM: "uutta"')
        self.assertEqual(files['national']['feed'][0]['role'], 'ministry')
        self.assertTrue(files['media']['feed'][0]['relevant_only'])
        minutes, page = files['pirkanmaa']['feed']
        self.assertIn('show=100', minutes['url'])
        self.assertNotIn('lang', minutes)
        self.assertEqual((page['kind'], page['discover'], page['area']), ('news', True, 'pirkanmaa'))
        self.assertIn('# guess: not seen\n[[feed]]\nid = "page"', self.texts['pirkanmaa'])

    def test_tags(self):
        files = self.run_script('make-tags', AREAS, MUNICIPALITIES, PLACES)
        pirkanmaa, hus, country = files['areas']['area']
        self.assertEqual(pirkanmaa['genitives'], {'Pirha': 'Pirhan', 'Tays': 'Taysin'})
        self.assertEqual(pirkanmaa['short_name']['en'], 'Pirkanmaa')
        self.assertEqual((hus['aliases'], hus['genitives']['HUS']), (['Hyks'], 'HUSin'))
        self.assertEqual(country['kind'], 'country')
        tampere, nokia = files['municipalities']['municipalities']
        self.assertNotIn('common_word', tampere)
        self.assertTrue(nokia['common_word'])
        places = {place['name']: place for place in files['places']['places']}
        self.assertTrue(places['Kuru']['common_word'])
        self.assertNotIn('common_word', places['Etelä'])
        self.assertEqual(places['Etelä']['areas'], ['hus', 'pirkanmaa'])


if __name__ == '__main__':
    unittest.main()
