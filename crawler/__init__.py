"""How pages are found and fetched: sites, spiders, manners, commands."""
