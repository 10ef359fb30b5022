"""The table of what credentials look like: text in, the places of credentials and their kinds out.

Two sorts of rules. `TOKENS` have a form of their own, published by who issues them: a prefix, an
alphabet, a length. `CONTEXTS` are told by the words around them (`password: ...`), and what stands
there has to look like a password and not like a word, a path, a name of a variable or a piece of
code. Entropy alone tells nothing: commit hashes, digests and identifiers are as random as keys.

Every rule is linear in the length of the text: a literal `anchor` is searched first, and the
pattern is only tried where it stands, with every repetition bounded.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from sessionlog_core.patterns import later
from sessionlog_core.placeholders import (
    has_figure,
    is_assigned,
    is_key,
    is_mixed,
    is_pair,
    is_placeholder,
    is_real,
)
from sessionlog_core.records import record


@record(frozen=True, slots=True)
class Hit:
    """A credential: where it begins and ends in the text, and its kind."""

    start: int
    end: int
    kind: str


@record(frozen=True, slots=True)
class Rule:
    """A rule: `pattern` is tried `back` characters before each `anchor`.

    The group `v` is the credential, or the whole where there is no such group. `accepts` looks at
    it once more.
    """

    kind: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    accepts: Callable[[str], bool]
    back: int = 0


# Tokens -----------------------------------------------------------------------------------------

_B = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9_-][_-])"  # not within a word, also one with dashes
_E = r"(?![A-Za-z0-9])"
_W = r"[A-Za-z0-9_-]"


def _token(kind: str, anchors: str, pattern: str, *, back: int = 0, plain: bool = False) -> Rule:
    text = pattern if plain else f"{_B}{pattern}{_E}"
    return Rule(kind, tuple(anchors.split()), later(text), is_real, back)


TOKENS: tuple[Rule, ...] = (
    # Clouds and hosting
    _token("aws-access-key", "AKIA ASIA ABIA ACCA", r"A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}"),
    _token(
        "aws-secret-key",
        "AKIA ASIA",
        r"A(?:KIA|SIA)[A-Z0-9]{16}[^A-Za-z0-9/+\n]{1,12}(?:[A-Za-z_ ]{0,24}[^A-Za-z0-9/+\n]{1,8})?"
        r"(?P<v>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
        plain=True,
    ),
    _token("google-api-key", "AIza", rf"AIza{_W}{{35}}"),
    _token("google-oauth-secret", "GOCSPX-", rf"GOCSPX-{_W}{{20,}}"),
    _token("google-oauth-token", "ya29.", r"ya29\.[A-Za-z0-9_.-]{20,}"),
    _token("google-refresh-token", "1//0", rf"1//0{_W}{{30,}}"),
    _token(
        "google-service-account",
        "private_key_id",
        r"private_key_id[\"'\\]{1,3}\s{0,4}:\s{0,4}[\"'\\]{1,3}(?P<v>[0-9a-f]{40})",
        plain=True,
    ),
    _token(
        "azure-storage-key",
        "AccountKey= SharedAccessKey=",
        r"(?:Account|SharedAccess)Key=(?P<v>[A-Za-z0-9+/]{40,}={0,2})",
        plain=True,
    ),
    _token(
        "azure-client-secret",
        "8Q~ 7Q~",
        r"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,37}",
        back=3,
        plain=True,
    ),
    _token("digitalocean-token", "doo_v1_ dop_v1_ dor_v1_", r"do[opr]_v1_[a-f0-9]{64}"),
    _token("databricks-token", "dapi", r"dapi[a-f0-9]{32}(?:-\d)?"),
    _token("heroku-key", "HRKU-", rf"HRKU-{_W}{{30,}}"),
    _token("flyio-token", "fm2_ fm1r_ fm1a_", r"fm[12][ar]?_[A-Za-z0-9+/=_-]{40,}"),
    _token("netlify-token", "nfp_ nfo_", r"nf[po]_[A-Za-z0-9]{36,}"),
    _token("supabase-key", "sbp_ sb_secret_", rf"(?:sbp_[a-f0-9]{{40}}|sb_secret_{_W}{{20,}})"),
    _token("planetscale-token", "pscale_", r"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,}"),
    _token("tailscale-key", "tskey-", rf"tskey-[a-z]{{2,10}}-{_W}{{12,}}"),
    _token("doppler-token", "dp.", r"dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9_.-]{40,}"),
    _token("pulumi-token", "pul-", r"pul-[a-f0-9]{40}"),
    _token("vault-token", "hvs. hvb. hvr.", rf"hv[sbr]\.{_W}{{20,}}"),
    _token(
        "terraform-token",
        ".atlasv1.",
        rf"{_B}[A-Za-z0-9]{{14}}\.atlasv1\.{_W}{{40,}}",
        back=14,
        plain=True,
    ),
    # Code and packages
    _token("github-token", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{30,}"),
    _token("github-token", "github_pat_", r"github_pat_[A-Za-z0-9_]{40,}"),
    _token(
        "gitlab-token",
        "glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct-",
        r"gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_.-]{20,}",
    ),
    _token("atlassian-token", "ATATT3 ATCTT3 ATSTT3", r"AT[ACS]TT3[A-Za-z0-9_=-]{50,}", plain=True),
    _token("bitbucket-token", "ATBB", r"ATBB[A-Za-z0-9]{28,}"),
    _token("npm-token", "npm_", r"npm_[A-Za-z0-9]{36}"),
    _token("pypi-token", "pypi-", rf"pypi-{_W}{{50,}}"),
    _token("rubygems-key", "rubygems_", r"rubygems_[a-f0-9]{48}"),
    _token("nuget-key", "oy2", r"oy2[a-z0-9]{43}"),
    _token("crates-token", "cio", r"cio[A-Za-z0-9]{32}"),
    _token("docker-token", "dckr_pat_ dckr_oat_", rf"dckr_[po]at_{_W}{{20,}}"),
    _token("artifactory-key", "AKCp", r"AKCp[A-Za-z0-9]{60,}"),
    _token("sonar-token", "sqp_ squ_ sqa_", r"sq[pua]_[a-f0-9]{40}"),
    _token("circleci-token", "CCIPAT_ CCIPRJ_", r"CCI(?:PAT|PRJ)_[A-Za-z0-9_]{30,}"),
    _token("buildkite-token", "bkua_", r"bkua_[a-f0-9]{40}"),
    _token("postman-key", "PMAK-", r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    # Talk, mail, tasks
    _token("slack-token", "xoxb- xoxp- xoxa- xoxr- xoxs- xoxe-", r"xox[abeprs]-[A-Za-z0-9-]{10,}"),
    _token("slack-token", "xapp-", r"xapp-\d-[A-Za-z0-9-]{20,}"),
    _token(
        "slack-webhook",
        "hooks.slack.com/",
        r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<v>[A-Za-z0-9/_-]{20,})",
        plain=True,
    ),
    _token(
        "discord-webhook",
        "/api/webhooks/",
        rf"/api/webhooks/\d{{10,22}}/(?P<v>{_W}{{40,}})",
        plain=True,
    ),
    _token(
        "teams-webhook",
        ".webhook.office.com/",
        r"\.webhook\.office\.com/webhookb2/(?P<v>[A-Za-z0-9@/-]{40,})",
        plain=True,
    ),
    _token("sendgrid-key", "SG.", rf"SG\.{_W}{{16,32}}\.{_W}{{32,}}"),
    _token("mailgun-key", "key-", r"key-[0-9a-f]{32}"),
    _token("mailchimp-key", "-us", rf"{_B}[0-9a-f]{{32}}-us\d{{1,2}}{_E}", back=32, plain=True),
    _token("twilio-key", "SK", r"SK[0-9a-f]{32}"),
    _token("linear-key", "lin_api_ lin_oauth_", r"lin_(?:api|oauth)_[A-Za-z0-9]{32,}"),
    _token("notion-token", "ntn_ secret_", r"(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43})"),
    _token("airtable-token", "pat", r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}"),
    _token("figma-token", "figd_", rf"figd_{_W}{{36,}}"),
    _token("dropbox-token", "sl.", r"sl\.[A-Za-z0-9_.-]{120,}"),
    # Money, watching, models
    _token(
        "stripe-key",
        "sk_live_ rk_live_ sk_test_ rk_test_",
        r"[sr]k_(?:live|test)_[A-Za-z0-9]{16,}",
    ),
    _token("stripe-webhook-secret", "whsec_", r"whsec_[A-Za-z0-9+/]{24,}={0,2}"),
    _token("square-token", "sq0atp- sq0csp- sq0idp-", rf"sq0(?:atp|csp)-{_W}{{22,}}"),
    _token("shopify-token", "shpat_ shpca_ shppa_ shpss_", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    _token("sentry-token", "sntrys_ sntryu_", r"sntry[su]_[A-Za-z0-9+/=_]{40,}"),
    _token("newrelic-key", "NRAK-", r"NRAK-[A-Z0-9]{27}"),
    _token(
        "grafana-token",
        "glsa_ glc_",
        r"gl(?:sa_[A-Za-z0-9]{32}_[a-f0-9]{8}|c_[A-Za-z0-9+/=]{40,})",
    ),
    _token("anthropic-key", "sk-ant-", rf"sk-ant-{_W}{{20,}}"),
    _token(
        "openai-key",
        "sk-",
        rf"sk-(?:(?:proj|svcacct|admin|None)-{_W}{{20,}}|[A-Za-z0-9]{{32,}})",
    ),
    _token("openrouter-key", "sk-or-", r"sk-or-v\d-[0-9a-f]{48,}"),
    _token("huggingface-token", "hf_ api_org_", r"(?:hf|api_org)_[A-Za-z0-9]{30,}"),
    _token("groq-key", "gsk_", r"gsk_[A-Za-z0-9]{40,}"),
    _token("xai-key", "xai-", r"xai-[A-Za-z0-9]{60,}"),
    _token("perplexity-key", "pplx-", r"pplx-[A-Za-z0-9]{40,}"),
    _token("replicate-token", "r8_", r"r8_[A-Za-z0-9]{37,}"),
    # Keys and signatures
    _token(
        "jwt",
        "eyJ",
        rf"eyJ{_W}{{8,}}\.{_W}{{8,}}\.{_W}{{8,}}(?:\.{_W}{{8,}}){{0,2}}",
    ),
    _token("age-key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    _token(
        "password-hash",
        "$apr1$ $1$ $2a$ $2b$ $2y$ $5$ $6$ $y$ $argon2",
        r"\$(?:apr1|1|2[aby]|5|6|y|argon2(?:id|i|d))\$[A-Za-z0-9./$=,+-]{20,}",
        plain=True,
    ),
    _token("password-hash", "{SHA} {SSHA}", r"\{S?SHA\}[A-Za-z0-9+/]{27,}={0,2}", plain=True),
    _token(
        "signed-url",
        "X-Amz-Signature= X-Goog-Signature= X-Amz-Security-Token=",
        r"X-(?:Amz|Goog)-(?:Signature|Security-Token)=(?P<v>[A-Za-z0-9%/+=_-]{20,})",
        plain=True,
    ),
)
"""Credentials with a form of their own. One kind may have several rows."""

_SHAPED = later(
    rf"(?<![\w.:/-])(?:(?P<discord>[MNO][A-Za-z0-9_-]{{23,27}}\.{_W}{{6,7}}\.{_W}{{27,40}})"
    rf"|(?P<telegram>\d{{8,10}}:[A-Za-z0-9_-]{{35}}))(?![\w-])"
)
"""Two kinds without a literal to look for: Discord's and Telegram's bots."""

# Contexts -------------------------------------------------------------------------------------

_THOUGHT_UP = (
    r"pass(?:word|wd|phrase|code)|passwort|kennwort|contrase[nñ]a|senha|mot de passe|has[lł]o|heslo"
    r"|пароль|密码|密碼|口令|パスワード|비밀번호|pwd"
)
_KEYS = "api|access|private|signing|encryption|auth|account|master|app|admin"
_ISSUED = rf"secret|token|(?:{_KEYS})[ _-]?key|credentials?"
_TAIL = (
    r"(?:[_-](?:access|key|base|value|string|prod|production|dev|staging|test|live|old|new|db|admin|root"
    r"|main|primary|secondary|\d{1,3})){0,3}"
)
_FOR = r"(?:[ \t](?:for|of|on|to|für|para|pour|per)[ \t][^\s:=|]{1,40}(?:[ \t][^\s:=|]{1,20})?)?"
_SIGN = (
    r"[\"'`*_\])]{0,4}(?:[ \t]{0,4}(?::=|=>|->|→|[:=|：＝–—])[ \t*_]{0,6}"
    r"|[ \t]{1,4}(?:is|was|ist|war|es|era|est|était|è|é)(?:[ \t](?:now|set to|changed to|still))?"
    r"[ \t:]{1,4}"
    r"|[ \t]{1,4}(?:now[ \t])?(?:set|changed|reset|rotated) to[ \t:]{1,4}|\s{0,2}[は是为])"
)
_QUOTED = r"(?:\\?\"(?P<q>[^\"\\\n]{4,200})\\?\"|'(?P<a>[^'\n]{4,200})'|`(?P<c>[^`\n]{4,200})`)"
_BARE = r"[\"'`]?(?P<b>[^\s\"'`|<>]{4,64})"
_RUN = later(r"[^\s\"'`|<>]*")
"""A credential is judged by its beginning, and masked to its end."""
_ASSIGN = later(
    rf"(?:(?P<p>{_THOUGHT_UP})|(?P<s>{_ISSUED}))(?![A-Za-z])"
    rf"{_TAIL}{_FOR}{_SIGN}(?:{_QUOTED}|{_BARE})",
    re.IGNORECASE,
)
_ASSIGN_ANCHORS = (
    *("password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "contrase", "senha"),
    *("mot de passe", "haslo", "hasło", "heslo", "pwd", "secret", "token", "credential", "key"),
    *("пароль", "密码", "密碼", "口令", "パスワード", "비밀번호"),
)
_KEY_WORD = later(rf"(?:{_KEYS})[ _-]?key")
_LONGEST_KEY_WORD = 14

_BESIDE = later(
    rf"(?:(?P<p>{_THOUGHT_UP})|(?:{_ISSUED}))(?![A-Za-z]){_TAIL}[ \t]{{1,3}}[(\"'`*_]{{0,3}}"
    r"(?P<v>[^\s\"'`|<>()]{8,64})",
    re.IGNORECASE,
)
"""Nothing between the word and the credential: `log in with password ...`."""

_COLUMN = later(
    rf"(?:[\w ./-]{{0,30}}[ _-])?(?:(?P<p>{_THOUGHT_UP})|{_ISSUED})s?{_TAIL}", re.IGNORECASE
)
_DELIMITER = later(
    r"^[ \t>]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|)++[ \t]*+(?::?-++:?)?[ \t]*+$", re.MULTILINE
)
"""The line of a Markdown table below its headings."""

_TRAILING = ".,;:!?)]}*_>"


def _context(kind: str, anchors: str, pattern: str, accepts: Callable[[str], bool]) -> Rule:
    return Rule(kind, tuple(anchors.split(",")), later(pattern, re.IGNORECASE), accepts)


CONTEXTS: tuple[Rule, ...] = (
    _context(
        "password-in-url",
        "://",
        r"://[^\s/:@\"'`<>]{0,100}:(?P<v>[^\s/\"'`<>]{3,})@(?=[\w\[.-])",
        is_real,
    ),
    _context("token-in-url", "://", r"://(?P<v>[A-Za-z0-9_-]{20,})@(?=[\w\[.-])", is_key),
    _context("basic-auth", "basic ", r"basic\s{1,4}(?P<v>[A-Za-z0-9+/]{8,}={0,2})", is_pair),
    _context(
        "docker-auth",
        '"auth"',
        r"\"auth\"\s{0,4}:\s{0,4}\"(?P<v>[A-Za-z0-9+/]{8,}={0,2})",
        is_pair,
    ),
    _context("bearer-token", "bearer ", r"bearer\s{1,4}(?P<v>[A-Za-z0-9_.~+/=-]{16,})", is_key),
    _context(
        "authorization-header",
        "authorization",
        r"authorization[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?:token|api-?key|bot|key|splunk)"
        r"[ =]{1,4}(?P<v>[A-Za-z0-9_.~+/=-]{12,})",
        is_key,
    ),
    _context(
        "cookie",
        "cookie:",
        r"cookie:[^\n]{0,200}?(?:session|sess|sid|auth|token)\w{0,20}="
        r"(?P<v>[A-Za-z0-9_.%~+/=:-]{16,})",
        is_key,
    ),
    _context(
        "token-in-query",
        "?,&",
        r"[?&](?:access_|auth_|refresh_|id_|api_?|private_|client_)?"
        r"(?:token|key|sig|signature|secret|password|passwd|pwd|auth|code)=(?P<v>[A-Za-z0-9_.~%+/=-]{12,})",
        is_key,
    ),
    _context(
        "password-option",
        "--p,--t,--s,--a,--c,--m,--d",
        r"--(?:[a-z]{1,12}-)?(?:password|passwd|passphrase|pass|token|secret|api-?key|access-key"
        r"|secret-key|auth)(?:=|\s{1,4})[\"']?(?P<v>[^\s\"'`<>|-][^\s\"'`<>|]{5,})",
        is_mixed,
    ),
    _context("sshpass", "sshpass", r"sshpass\s{1,4}-p\s{0,4}[\"']?(?P<v>[^\s\"'`<>]{3,})", is_real),
    _context(
        "mysql-password",
        "mysql,mariadb",
        r"(?:mysql|mariadb)(?:dump|admin|import)?\s[^\n|;]{0,120}?\s-p"
        r"[\"']?(?P<v>[^\s\"'`<>-][^\s\"'`<>]{3,})",
        is_mixed,
    ),
    _context(
        "password-option",
        "login ",
        r"login\s[^\n|;]{0,120}?\s-p[\s=]{1,4}[\"']?(?P<v>[^\s\"'`<>-][^\s\"'`<>]{5,})",
        is_mixed,
    ),
    _context(
        "user-option",
        "-u ,--user ,-u\t,--user=",
        r"(?:-u|--user)[\s=]{1,4}[\"']?[^\s:\"'`<>]{1,80}:(?P<v>[^\s\"'`<>]{6,})",
        is_mixed,
    ),
    _context(
        "netrc",
        "machine ",
        r"machine\s{1,8}\S{1,200}\s{1,8}login\s{1,8}\S{1,200}\s{1,8}password\s{1,8}(?P<v>\S{3,200})",
        is_real,
    ),
    _context(
        "sql-password",
        "identified,password '",
        r"(?:identified\s{1,4}(?:with\s{1,4}\S{1,40}\s{1,4})?by|password)\s{1,4}'(?P<v>[^'\n]{4,})'",
        is_assigned,
    ),
    _context(
        "environment-password",
        "_pass=,_pass =,_pass:,pgpass=",
        r"(?:_|pg)pass\s{0,2}[=:]\s{0,2}[\"']?(?P<v>[^\s\"'`|<>]{5,})",
        is_assigned,
    ),
    _context(
        "fernet-key",
        "fernet",
        r"fernet[^\n]{0,60}?(?<![A-Za-z0-9_-])(?P<v>[A-Za-z0-9_-]{43}=)",
        is_key,
    ),
    _context(
        "aws-secret-key",
        "aws",
        r"aws[^\n]{0,60}?(?:secret|key)[^\n]{0,30}?"
        r"(?<![A-Za-z0-9/+])(?P<v>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
        lambda v: is_key(v) and re.fullmatch("[0-9a-f]{40}", v) is None,
    ),
    _context(
        "datadog-key",
        "datadog,dd_api,dd_app,dd-api,dd-app",
        r"(?:datadog|dd[_-]ap[ip])[^\n]{0,60}?"
        r"(?<![A-Za-z0-9])(?P<v>[0-9a-f]{40}|[0-9a-f]{32})(?![A-Za-z0-9])",
        is_key,
    ),
    _context(
        "seed-phrase",
        "mnemonic,seed phrase,recovery phrase,seed words",
        r"(?:mnemonic|(?:seed|recovery) (?:phrase|words))[\"'`*]{0,4}\s{0,4}(?::|=|is)\s{0,4}"
        r"[\"'`]?(?P<v>[a-z]{3,8}(?: [a-z]{3,8}){11,23})",
        is_real,
    ),
    _context(
        "putty-key",
        "private-lines:",
        r"private-lines: {1,4}\d{1,4}\n(?P<v>(?:[A-Za-z0-9+/=]{1,80}\n?){1,80})",
        is_real,
    ),
)
"""Credentials that are told by what stands around them; their anchors are in lower case."""

# Keys of several lines ------------------------------------------------------------------------

_BEGIN = later(r"-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----")
_KEY_LINE = later(
    r"(?:[ \t>|+#*\"'-]|\\[nrt]|//){0,20}"
    r"(?:[A-Za-z0-9+/=]{16,2000}(?:\\[nr]){0,2}|(?:Proc-Type|DEK-Info|Version|Comment|Hash):[^\n]{0,200}"
    r"|=?[A-Za-z0-9+/=]{1,76})?(?:\\[nrt]|[ \t\"',|])*"
)
_KEY_RUN = later(r"[A-Za-z0-9+/=]{16}")
_MAX_KEY = 20_000


def _private_keys(text: str) -> Iterator[Hit]:
    """Find private keys in PEM form: whole, or as far as what has no end looks like one."""
    at = 0
    while begin := _BEGIN.search(text, at):
        at = begin.end()
        limit = min(len(text), at + _MAX_KEY)
        end = f"-----END {begin[1]}-----"
        close = text.find(end, at, limit)
        again = text.find("-----BEGIN ", at, limit if close < 0 else close)
        if close >= 0 and again < 0:
            stop = close + len(end)
        else:
            stop = _key_lines(text, at, limit if again < 0 else again)
        # Without anything like a key between them, the marks are only spoken of.
        if _KEY_RUN.search(text, at, stop):
            yield Hit(begin.start(), stop, "private-key")
            at = stop


def _key_lines(text: str, start: int, limit: int) -> int:
    """Say how far lines look like those of a key that has no end."""
    at = stop = start
    while at < limit:
        line_end = text.find("\n", at, limit)
        line_end = limit if line_end < 0 else line_end
        if not _KEY_LINE.fullmatch(text, at, line_end):
            break
        if _KEY_RUN.search(text, at, line_end):
            stop = line_end
        at = line_end + 1
    return stop


# Finding ----------------------------------------------------------------------------------------


def find_credentials(text: str) -> tuple[Hit, ...]:
    """Find all credentials in `text`, in the order of the text; none overlaps another."""
    low = text.lower()
    if len(low) != len(text):  # a few letters become two in lower case, and places would shift
        low = text.translate(_LOWER)
    # A token is long and holds no blank, and most words are short: the many literals are searched
    # in a small part of the text, and only where one is there in all of it.
    long_words = "\n".join(word for word in text.split() if len(word) >= _SHORTEST)
    hits = [*_private_keys(text)] if "-----BEGIN " in text else []
    for rule in TOKENS:
        for anchor in rule.anchors:
            if anchor in long_words:
                hits += _apply(rule, anchor, text, text)
    for rule in CONTEXTS:
        for anchor in rule.anchors:
            hits += _apply(rule, anchor, text, low)
    if _SHAPED.search(long_words):
        hits += _shaped(text)
    words = [anchor for anchor in _ASSIGN_ANCHORS if anchor in low]
    for word in words:
        hits += _assigned(word, text, low)
    if words:
        hits += _in_columns(text)
    return without_overlaps(hits)


def without_overlaps(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Put hits in order and join those that overlap: the first gives the kind, then the longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end > kept[-1].end:
            kept[-1] = Hit(kept[-1].start, hit.end, kept[-1].kind)
    return tuple(kept)


_SHORTEST = 16
"""No word with a token of `TOKENS` in it is shorter."""

_LOWER = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}


def _apply(rule: Rule, anchor: str, text: str, where: str) -> Iterator[Hit]:
    """Try a rule wherever `anchor` stands in `where`, which is `text` or the same in lower case."""
    name = "v" if "v" in rule.pattern.groupindex else 0
    at = where.find(anchor)
    while at >= 0:
        match = rule.pattern.match(text, max(0, at - rule.back))
        following = at + 1
        if match:
            following = max(following, match.end(name))
            if rule.accepts(match[name]):
                yield Hit(match.start(name), match.end(name), rule.kind)
        at = where.find(anchor, following)


def _shaped(text: str) -> Iterator[Hit]:
    for match in _SHAPED.finditer(text):
        if has_figure(match[0]) and not is_placeholder(match[0]):
            yield Hit(match.start(), match.end(), f"{match.lastgroup}-token")


def _assigned(word: str, text: str, low: str) -> Iterator[Hit]:
    """Find what is assigned to `word`, or stands beside it."""
    at = low.find(word)
    while at >= 0:
        start = at
        if word == "key":  # `key` alone is no word of a credential, `api key` is
            named = _KEY_WORD.search(low, max(0, at - _LONGEST_KEY_WORD), at + len(word))
            start = named.start() if named else -1
        hit = None
        if start >= 0:
            hit = (match := _ASSIGN.match(text, start)) and _judge(match)
            hit = hit or ((match := _BESIDE.match(text, start)) and _judge_beside(match))
        if hit:
            yield hit
        at = low.find(word, max(at + len(word), hit.end if hit else 0))


def _judge(match: re.Match[str]) -> Hit | None:
    """Say whether what is assigned to a word such as `password` looks like one."""
    name = next(n for n in ("q", "a", "c", "b") if match[n] is not None)
    value = match[name]
    if name == "b" or " " in value:  # a quote that was never closed, or closes another
        value = value.split(" ", 1)[0].rstrip(_TRAILING)
    if name in ("q", "a"):
        is_one = is_assigned(value) if match["p"] else is_mixed(value) and has_figure(value)
    elif match["p"]:
        is_pin = value.isdecimal() and len(value) >= 6 and len(set(value)) > 2
        is_one = is_pin or is_mixed(value)
    else:
        is_one = len(value) >= 8 and is_mixed(value) and has_figure(value)
    if not is_one:
        return None
    return _whole(match, name, len(value), "password" if match["p"] else "secret")


def _whole(match: re.Match[str], name: str, length: int, kind: str) -> Hit:
    """Give a hit that reaches as far as the word whose first `length` characters were judged."""
    start, end = match.start(name), match.start(name) + length
    if name in ("b", "v") and (run := _RUN.match(match.string, end)):
        end = start + len(match.string[start : run.end()].rstrip(_TRAILING))
    return Hit(start, end, kind)


_SIGNS = later(r"[!@#$%^&*+=?~]")


def _judge_beside(match: re.Match[str]) -> Hit | None:
    """Say whether what follows such a word without a sign looks enough like a credential."""
    value = match["v"].rstrip(_TRAILING)
    figures = sum(c.isdigit() for c in value)
    cased = value != value.lower() and value != value.upper()
    if match["p"]:
        kind = "password"
        is_one = (figures and _SIGNS.search(value)) or (figures > 1 and cased)
    else:
        kind = "secret"
        is_one = len(value) >= 20 and figures > 1 and cased
    if not is_one or len(value) < 8 or not is_mixed(value):
        return None
    return _whole(match, "v", len(value), kind)


def _in_columns(text: str) -> Iterator[Hit]:
    """Find credentials in the columns of tables that are headed `Password` or the like."""
    if "-|" not in text and "- |" not in text and "|-" not in text and "| -" not in text:
        return
    delimiters = list(_DELIMITER.finditer(text))
    ends = [*(d.start() for d in delimiters[1:]), len(text)]
    for delimiter, last in zip(delimiters, ends, strict=bool(delimiters)):
        head = text.rfind("\n", 0, max(0, delimiter.start() - 1)) + 1
        columns = {
            number: "password" if match["p"] else "secret"
            for number, (start, end) in enumerate(_cells(text, head, delimiter.start() - 1))
            if (match := _COLUMN.fullmatch(text[start:end].strip(" \t*_`")))
        }
        at = delimiter.end() + 1
        while columns and at < last:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if "|" not in text[at:end]:
                break
            for number, (start, stop) in enumerate(_cells(text, at, end)):
                value = text[start:stop].strip(" \t*_`\"'")
                if number in columns and " " not in value and is_mixed(value):
                    begin = text.index(value, start)
                    yield Hit(begin, begin + len(value), columns[number])
            at = end + 1


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give where the cells of a row begin and end; a bar at the beginning parts nothing."""
    while start < end and text[start] in " \t>":
        start += 1
    if text[start : start + 1] == "|":
        start += 1
    cells: list[tuple[int, int]] = []
    while (bar := text.find("|", start, end)) >= 0:
        cells.append((start, bar))
        start = bar + 1
    return [*cells, (start, end)]
