"""Bihuan 闭环: fix what an inspection found, and prove that it stays fixed.

The map, inside out; a package may import only what stands above it in this list:

words            phrases to be translated at the edge
environment      the settings that an installation may change
errors           the four kinds of refusal
documents        pure: reads what arrives, writes the official papers
controls         no Django: the library of data checks (to come)
scrutiny         pure: signs of rectification on paper
workflow         pure: the table of steps, deadlines, lamps, policy
scope            who acts, how far a post reaches, managers that refuse to look without an actor
journal          who did what when: one chained entry for every act
people           organisations, persons, posts, supervision
ledger           inspections, findings, measures, evidence, reviews
duties           recurring obligations (to come)
assurance, disclosure   runs and leads; what is published (to come)
web, api, cli    interfaces; they translate and decide nothing
project          settings, urls, wsgi
"""
