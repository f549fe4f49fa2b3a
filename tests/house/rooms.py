"""Which room may include which. A new room gets a line here; CMake says the same to the linker."""

CORE = ["core/base", "core/schema", "core/sanitizer", "core/conflicts", "core/protocol", "core/sync"]

# Room → the rooms whose headers it may include, beside its own.
MAY_INCLUDE = {
    "core/base": [],
    "core/ws": ["core/base"],
    "core/schema": ["core/base"],
    "core/sanitizer": ["core/base", "core/schema"],
    "core/conflicts": ["core/base", "core/schema"],
    "core/protocol": ["core/base", "core/schema", "core/conflicts"],
    "core/sync": CORE,
    "os": ["core/base"],
    "sqlite": ["core/base"],
    "server/workers": ["core/base"],
    "server/net": ["core/base", "core/ws"],
    "server/config": ["core/base"],
    "server/limits": ["core/base"],
    "server/ops": ["core/base"],
    "server/store": CORE + ["os", "sqlite"],
    "server/push": CORE + ["server/store"],
    "server/auth": ["core/base", "os", "sqlite", "server/store", "server/workers"],
    "server/api": CORE + ["server/auth", "server/limits", "server/net", "server/ops",
                          "server/push", "server/store"],
    "server/channel": CORE + ["server/api", "server/auth", "server/limits", "server/net",
                              "server/ops", "server/push"],
    "server/app": CORE + ["os", "sqlite", "server/*"],
    "server": ["core/base", "os", "server/app", "server/config", "server/ops"],
    "client/http": ["core/base"],
    "client/ws": ["core/base", "core/ws"],
    "client/scan": CORE,
    "client/store": CORE + ["os", "sqlite"],
    "client/engine": CORE + ["os", "client/http", "client/store", "client/ws"],
    "client/cli": CORE + ["os", "client/*"],
    "fixtures": CORE,
    # These look at everything: they start, test and measure it.
    "e2e": ["*"],
    "loadtest": ["*"],
    "bench": ["*"],
    "tests": ["*"],
}

DIVIDED = ("core", "server", "client")  # folders whose folders are the rooms


def room_of(path):
    """The room that a file or an include belongs to, or None: `server/net/tls.hpp` → server/net."""
    parts = path.split("/")
    if parts[0] in DIVIDED and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0] if len(parts) > 1 else None


def allows(room, included):
    """Whether a file of `room` may include a header of the room `included`."""
    def fits(pattern):
        return pattern in ("*", included) or (
            pattern.endswith("/*") and included.startswith(pattern[:-1]))
    return room == included or any(fits(pattern) for pattern in MAY_INCLUDE.get(room, []))
