"""The version, where every layer can read it without touching the package's root."""

VERSION = "0.1.0"
