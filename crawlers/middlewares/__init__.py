"""Scrapy's downloader middlewares: what may be asked for, how politely, and what is no answer."""
