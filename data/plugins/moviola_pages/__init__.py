"""The pages of Moviola in Datasette: one module a page; moviola.py beside this folder plugs them in."""
