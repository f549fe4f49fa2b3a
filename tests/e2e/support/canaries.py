"""Made-up secrets in the forms in which people write credentials. Each is random, so that any ten
characters of it can be told from chance, and from a seed, so that a run can be repeated."""
import base64
import json
import random
import string
import zlib

ALNUM = string.ascii_letters + string.digits
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
UPPER = string.ascii_uppercase + "234567"
HEX = string.digits + "abcdef"


class Canary:
    """One secret. `text` is what is planted; `parts` are the pieces of it that nobody may see."""

    def __init__(self, number, form, text, parts):
        self.name = f"c{number:04}"
        self.form = form
        self.text = text
        self.parts = parts
        self.position = None  # given where it is planted
        self.may_be_in = frozenset()  # places that handle it by design

    def __repr__(self):
        return f"{self.name} {self.form} at {self.position}"


class Mint:
    """Makes canaries, and remembers them all."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self.made = []

    def characters(self, count, alphabet=ALNUM):
        return "".join(self._random.choice(alphabet) for _ in range(count))

    def password(self):
        """Long enough to be found, with digits and both cases in it, as generated ones have."""
        return self.characters(9) + "7xQ" + self.characters(8)

    def _keep(self, form, text, parts):
        canary = Canary(len(self.made), form, text, parts)
        self.made.append(canary)
        return canary

    def known(self, secret, position, may_be_in):
        """A secret that another made, handled by design where `may_be_in` says."""
        canary = self._keep("known", secret, [secret])
        canary.position = position
        canary.may_be_in = frozenset(may_be_in)
        return canary

    def plain(self):
        """Nothing tells that it is a secret but the place where it stands."""
        secret = self.password()
        return self._keep("plain", secret, [secret])

    def sql(self, template):
        return self._filled("sql", template)

    def text(self, template):
        return self._filled("text", template)

    def _filled(self, form, template):
        """{s} is a password (each a new one), {k} a provider key, {x} 40 hex digits, {b} Basic
        authentication; {{ and }} are braces."""
        parts = []
        text = ""
        for literal, field, _, _ in string.Formatter().parse(template):
            text += literal
            if field is not None:
                secret, shown = self._piece(field)
                parts += secret
                text += shown
        return self._keep(f"{form}: {template[:40]}", text, parts)

    def _piece(self, field):
        if field == "k":
            key = self._aws()
            return [key], key
        if field == "x":
            digest = self.characters(40, HEX)
            return [digest], digest
        secret = self.password()
        if field == "b":
            return [secret], base64.b64encode(f"ada:{secret}".encode()).decode()
        return [secret], secret

    def uri(self):
        secret = self.password()
        scheme = self._random.choice(("postgres", "mysql", "redis", "amqp", "mongodb"))
        return self._keep("uri", f"{scheme}://ada:{secret}@db.internal/x", [secret])

    # Provider keys, as their providers document them.

    def provider(self):
        """A key of some provider, in characters that ids allow, too."""
        make = self._random.choice((self._aws, self._github, self._gitlab, self._stripe,
                                    self._google, self._npm, self._digital_ocean))
        key = make()
        return self._keep(f"provider: {key[:6]}", key, [key])

    def _aws(self):
        return "AKIA" + self.characters(16, UPPER)

    def _github(self):
        return _with_checksum("ghp_", self.characters(30))

    def _gitlab(self):
        return "glpat-" + self.characters(20)

    def _stripe(self):
        return "sk_live_" + self.characters(24)

    def _google(self):
        return "AIza" + self.characters(35)

    def _npm(self):
        return _with_checksum("npm_", self.characters(30))

    def _digital_ocean(self):
        return "dop_v1_" + self.characters(64, HEX)

    # Longer forms.

    def jwt(self):
        header = _base64url(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
        claims = _base64url(json.dumps({"sub": "ada", "jti": self.characters(40)}).encode())
        signature = _base64url(self._random.randbytes(32))
        # What stands before the random claim is the same in every token.
        return self._keep("jwt", f"{header}.{claims}.{signature}", [claims[-36:], signature])

    def pem(self, label="RSA PRIVATE KEY"):
        body = base64.b64encode(self._random.randbytes(240)).decode()
        lines = [body[at:at + 64] for at in range(0, len(body), 64)]
        text = "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])
        return self._keep(f"pem: {label}", text, lines)


def _base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _with_checksum(prefix, body):
    """GitHub's and npm's tokens end in the CRC-32 of their random part, in base 62."""
    checksum = zlib.crc32(body.encode())
    digits = ""
    for _ in range(6):
        checksum, digit = divmod(checksum, 62)
        digits = BASE62[digit] + digits
    return prefix + body + digits
