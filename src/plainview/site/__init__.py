"""The front door: settings, urls, base templates, components, the demonstration school, the bench."""
