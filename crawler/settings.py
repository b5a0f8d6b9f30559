"""Scrapy's settings, and Moviola's own. Any of them can be set with `-s NAME=value`."""

import os

BOT_NAME = "moviola"
SPIDER_LOADER_CLASS = "crawler.loader.SiteLoader"
COMMANDS_MODULE = "crawler.commands"

# --- Moviola's own ---------------------------------------------------------------------------------------------------
SCHEDULE = os.environ.get("MOVIOLA_SCHEDULE", "")  # a schedule of your own instead of crawler/schedule/schedule.toml
ARCHIVE = os.environ.get("MOVIOLA_ARCHIVE", "data/moviola.db")  # where everything is kept
CONTACT = os.environ.get("MOVIOLA_CONTACT", "")  # URL or e-mail shown to the sites in the User-Agent
ALLOW_PRIVATE = False  # whether private, loopback and link-local addresses may be fetched
SAMPLE_PORT = 8123  # where the sample newspaper listens
LIMIT = 50  # articles behind a home page or a section given to `scrapy crawl page`
PATIENCE = 60  # seconds that a run waits for a retry that is due soon, before it leaves it to the next run
MAX_ARTICLES = 2000  # articles a run fetches of one site
ARTICLE_PAGES = 20  # pages of one article that are joined
READERS = 2  # processes that read match events beside the crawl

# --- manners: one request at a time, slowly, as robots.txt says ------------------------------------------------------
ROBOTSTXT_OBEY = False  # crawler.manners does it: with Crawl-delay, and 4xx/5xx as RFC 9309 has them
USER_AGENT = "Moviola/0.1"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "it",
}
CONCURRENT_ITEMS = 2  # Scrapy starts as many tasks for every response, and ours yield one item
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0.0  # crawler.manners.Throttle has its own, which only lengthens
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
COOKIES_ENABLED = False
RETRY_ENABLED = False  # the archive remembers what to try again, and when
HTTPERROR_ALLOW_ALL = True  # a 404 and a 304 are answers that the archive records
TWISTED_DNS_RESOLVER = "crawler.guard.PublicResolver"

DOWNLOADER_MIDDLEWARES = {
    "crawler.guard.PublicOnly": 40,
    "crawler.manners.Manners": 100,
}
ITEM_PIPELINES = {"crawler.pipeline.ArchivePipeline": 300}
EXTENSIONS = {
    "crawler.memory.Memory": 0,
    "crawler.report.Report": 500,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "crawler.manners.Throttle": 10,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the archive's urls table is the memory
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
ASYNCIO_EVENT_LOOP = "uvloop.Loop"
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = os.environ.get("MOVIOLA_LOG", "INFO")
