"""Clients of StudioSync in another language: written from docs/PROTOCOL.md alone."""
