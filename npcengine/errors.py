"""Every error the engine raises on purpose; each message says what happened, where, and what to do next.

NpcEngineError
├── ConfigError          an option that makes no sense
├── PersonaError         a character file with mistakes (all of them at once)
├── CardError            another program's character card that can't be read
├── AudioError           a sound file or device that can't be used
├── ModelError
│   ├── ModelMissing     not on this machine yet: how to fetch it
│   ├── ModelBroken      there, but unreadable or of the wrong kind
│   │   └── AdapterBroken  an adapter that the language model can't use
│   └── FetchError       download failed: network, checksum, disk
├── BackendError         a speech, language or voice engine failed
│   ├── BackendUnknown   no engine of that name: the known ones are listed
│   └── BackendMissing   the package is not installed: the pip line is printed
├── BrainError           the brain process can't be started or reached
└── MemoryFileError      the file of memories can't be read or written
"""

from __future__ import annotations


class NpcEngineError(Exception):
    """Base of all errors that the engine raises on purpose."""


class ConfigError(NpcEngineError):
    """An option that makes no sense."""


class PersonaError(NpcEngineError):
    """A character file with mistakes; the message holds one line for each of them."""


class CardError(NpcEngineError):
    """A character card of another program that can't be read, or that does harm."""


class AudioError(NpcEngineError):
    """A sound file or sound device that can't be used."""


class ModelError(NpcEngineError):
    """A model file that can't be used."""


class ModelMissing(ModelError):  # noqa: N818 - reads as the fact it states
    """A model that is not on this machine yet."""


class ModelBroken(ModelError):  # noqa: N818
    """A model file that is there, but unreadable or of the wrong kind."""


class AdapterBroken(ModelBroken):
    """An adapter that is missing, unreadable, or made for another language model."""


class FetchError(ModelError):
    """A download that failed; nothing half done is left behind."""


class BackendError(NpcEngineError):
    """A speech, language or voice engine failed."""


class BackendUnknown(BackendError):  # noqa: N818
    """No engine of that name."""


class BackendMissing(BackendError):  # noqa: N818
    """The engine's package is not installed."""


class BrainError(NpcEngineError):
    """The brain process can't be started or reached."""


class MemoryFileError(NpcEngineError):
    """The file of memories can't be read or written."""
