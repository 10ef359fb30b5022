"""Credentials that open nothing, made from parts at test time: none stands in the repository."""

import base64
import random
import string

LETTERS = string.ascii_letters
DIGITS = string.digits
ANY = LETTERS + DIGITS
URL = ANY + "-_"
HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + DIGITS
BASE64 = ANY + "+/"


def make(alphabet: str, length: int, seed: int = 1) -> str:
    """Give `length` letters of `alphabet`, the same for the same seed."""
    return "".join(random.Random(f"{alphabet}{length}{seed}").choices(alphabet, k=length))


def password(seed: int = 1) -> str:
    return "q" + make(ANY, 9, seed) + "%" + make(DIGITS, 2, seed)


def pair(seed: int = 1) -> str:
    return base64.b64encode(f"admin:{password(seed)}".encode()).decode()


def pem(kind: str = "RSA ", seed: int = 1) -> str:
    lines = "\n".join(make(BASE64, 64, seed + n) for n in range(6))
    dash = "-" * 5
    return f"{dash}BEGIN {kind}PRIVATE KEY{dash}\n{lines}\n{dash}END {kind}PRIVATE KEY{dash}"


Row = tuple[str, str, str, str]

TOKENS: tuple[Row, ...] = (
    # kind, text before, the credential, something of its kind that is none
    ("aws-access-key", "", "AK" + "IA" + make(UPPER, 16), "AK" + "IAIOSFODNN7EXAMPLE"),
    ("google-api-key", "", "AI" + "za" + make(URL, 35), "AIza" + make(URL, 20)),
    ("google-oauth-secret", "", "GOC" + "SPX-" + make(URL, 28), "GOCSPX-short"),
    ("google-oauth-token", "", "ya" + "29." + make(URL, 60), "ya29.short"),
    ("google-refresh-token", "", "1/" + "/0" + make(URL, 40), "1//0"),
    ("google-service-account", '"private_key' + '_id": "', make(HEX, 40), '"private_key_id": "x"'),
    ("azure-storage-key", "Account" + "Key=", make(BASE64, 86) + "==", "AccountKey=${KEY}"),
    ("azure-client-secret", "", make(ANY, 3) + "8" + "Q~" + make(URL, 34), "8Q~"),
    ("digitalocean-token", "", "do" + "p_v1_" + make(HEX, 64), "dop_v1_" + make(HEX, 10)),
    ("databricks-token", "", "da" + "pi" + make(HEX, 32), "dapi" + make(HEX, 12)),
    ("heroku-key", "", "HR" + "KU-" + make(URL, 36), "HRKU-"),
    ("flyio-token", "", "fm" + "2_" + make(BASE64, 80), "fm2_short"),
    ("netlify-token", "", "nf" + "p_" + make(ANY, 40), "nfp_short"),
    ("supabase-key", "", "sb" + "p_" + make(HEX, 40), "sbp_" + make(HEX, 12)),
    ("planetscale-token", "", "pscale" + "_tkn_" + make(URL, 43), "pscale_tkn_x"),
    ("tailscale-key", "", "ts" + "key-auth-" + make(URL, 40), "tskey-auth-x"),
    ("doppler-token", "", "dp" + ".pt." + make(ANY, 43), "dp.pt.x"),
    ("pulumi-token", "", "pu" + "l-" + make(HEX, 40), "pul-l"),
    ("vault-token", "", "hv" + "s." + make(URL, 24), "hvs.x"),
    ("terraform-token", "", make(ANY, 14) + ".atl" + "asv1." + make(URL, 67), ".atlasv1."),
    ("github-token", "", "gh" + "p_" + make(ANY, 36), "gh" + "p_" + "x" * 36),
    ("github-token", "", "github" + "_pat_" + make(ANY, 22) + "_" + make(ANY, 59), "github_pat_"),
    ("gitlab-token", "", "gl" + "pat-" + make(URL, 20), "glpat-your-token-goes-here"),
    ("atlassian-token", "", "ATA" + "TT3" + make(URL, 180) + "=" + make(HEX, 8), "ATATT3x"),
    ("bitbucket-token", "", "AT" + "BB" + make(ANY, 32), "ATBB"),
    ("npm-token", "", "np" + "m_" + make(ANY, 36), "npm_config_registry"),
    ("pypi-token", "", "py" + "pi-" + make(URL, 120), "pypi-publish-with-trusted-publisher"),
    ("rubygems-key", "", "ruby" + "gems_" + make(HEX, 48), "rubygems_x"),
    ("nuget-key", "", "oy" + "2" + make(string.ascii_lowercase + DIGITS, 43), "oy2"),
    ("crates-token", "", "ci" + "o" + make(ANY, 32), "cio"),
    ("docker-token", "", "dckr" + "_pat_" + make(URL, 27), "dckr_pat_x"),
    ("artifactory-key", "", "AK" + "Cp" + make(ANY, 69), "AKCp"),
    ("sonar-token", "", "sq" + "p_" + make(HEX, 40), "sqp_x"),
    ("circleci-token", "", "CCI" + "PAT_" + make(ANY, 22) + "_" + make(HEX, 40), "CCIPAT_x"),
    ("buildkite-token", "", "bk" + "ua_" + make(HEX, 40), "bkua_x"),
    ("postman-key", "", "PM" + "AK-" + make(HEX, 24) + "-" + make(HEX, 34), "PMAK-x"),
    ("slack-token", "", "xo" + "xb-" + make(DIGITS, 12) + "-" + make(ANY, 24), "xoxb-your-token"),
    ("slack-token", "", "xa" + "pp-1-" + make(UPPER, 11) + "-" + make(HEX, 64), "xapp-1-x"),
    ("slack-webhook", "https://hooks.slack" + ".com/services/", make(ANY, 44), "hooks.slack.com/x"),
    (
        "discord-webhook",
        "/api/web" + "hooks/" + make(DIGITS, 18) + "/",
        make(URL, 68),
        "/webhooks/",
    ),
    (
        "teams-webhook",
        "https://x.webhook" + ".office.com/webhookb2/",
        make(HEX, 36) + "@" + make(HEX, 36),
        ".webhook.office.com/docs",
    ),
    ("sendgrid-key", "", "S" + "G." + make(URL, 22) + "." + make(URL, 43), "SG.x.y"),
    ("mailgun-key", "", "ke" + "y-" + make(HEX, 32), "key-value"),
    ("mailchimp-key", "", make(HEX, 32) + "-u" + "s12", "build-us1"),
    ("twilio-key", "", "S" + "K" + make(HEX, 32), "SK" + make(HEX, 8)),
    ("linear-key", "", "lin" + "_api_" + make(ANY, 40), "lin_api_x"),
    ("notion-token", "", "nt" + "n_" + make(ANY, 46), "ntn_x"),
    ("airtable-token", "", "pa" + "t" + make(ANY, 14) + "." + make(HEX, 64), "pattern.py"),
    ("figma-token", "", "fi" + "gd_" + make(URL, 40), "figd_x"),
    ("dropbox-token", "", "s" + "l." + make(URL, 140), "sl.x"),
    ("stripe-key", "", "sk" + "_live_" + make(ANY, 24), "sk_live_x"),
    ("stripe-webhook-secret", "", "wh" + "sec_" + make(ANY, 32), "whsec_x"),
    ("square-token", "", "sq" + "0atp-" + make(URL, 22), "sq0atp-x"),
    ("shopify-token", "", "sh" + "pat_" + make(HEX, 32), "shpat_x"),
    ("sentry-token", "", "sn" + "trys_" + make(ANY, 80), "sntrys_x"),
    ("newrelic-key", "", "NR" + "AK-" + make(UPPER, 27), "NRAK-X"),
    ("grafana-token", "", "gl" + "sa_" + make(ANY, 32) + "_" + make(HEX, 8), "glsa_x"),
    ("anthropic-key", "", "sk" + "-ant-api03-" + make(URL, 93) + "AA", "sk-ant-..."),
    ("openai-key", "", "sk" + "-proj-" + make(URL, 120), "sk-proj-..."),
    ("openai-key", "", "sk" + "-" + make(ANY, 48), "risk-" + make(string.ascii_lowercase, 40)),
    ("openrouter-key", "", "sk" + "-or-v1-" + make(HEX, 64), "sk-or-v1"),
    ("huggingface-token", "", "h" + "f_" + make(LETTERS, 34), "hf_hub_download"),
    ("groq-key", "", "gs" + "k_" + make(ANY, 52), "gsk_x"),
    ("xai-key", "", "xa" + "i-" + make(ANY, 80), "xai-x"),
    ("perplexity-key", "", "pp" + "lx-" + make(ANY, 48), "pplx-x"),
    ("replicate-token", "", "r" + "8_" + make(ANY, 37), "r8_x"),
    (
        "jwt",
        "",
        "ey" + "J" + make(URL, 33) + ".ey" + "J" + make(URL, 60) + "." + make(URL, 43),
        "eyJ and so on",
    ),
    ("age-key", "", "AGE-SECRET" + "-KEY-1" + make(UPPER, 58), "AGE-SECRET-KEY-1..."),
    ("password-hash", "", "$ap" + "r1$" + make(ANY, 8) + "$" + make(ANY, 22), "$1"),
    ("password-hash", "", "$2" + "y$10$" + make(ANY, 53), "$2y"),
    ("password-hash", "", "{SH" + "A}" + make(BASE64, 27) + "=", "{SHA}"),
    ("signed-url", "?X-Amz" + "-Signature=", make(HEX, 64), "X-Amz-Signature"),
    (
        "discord-token",
        "",
        "M" + make(ANY, 25) + "." + make(URL, 6, 3) + "." + make(URL, 38),
        "M.N.O",
    ),
    ("telegram-token", "", "12" + make(DIGITS, 8) + ":AA" + make(URL, 33), "12345678:x"),
)
"""Of each kind that has a form of its own."""

CONTEXTS: tuple[Row, ...] = (
    # kind, text before, the credential, a sentence that speaks of such and holds none
    (
        "aws-secret-key",
        "AWS secret " + "access key: ",
        make(BASE64, 40),
        "rotated the AWS secret key",
    ),
    ("password-in-url", "postgres://app:", password(), "postgres://user:password@localhost/db"),
    ("password-in-url", "redis://:", password(2), "http://localhost:8080/a@b"),
    ("token-in-url", "git clone https://", make(ANY, 40), "https://user@example.com"),
    ("basic-auth", "Authorization: Basic ", pair(), "Basic authentication is off"),
    ("docker-auth", '{"auth": "', pair(2), '{"auth": "basic"}'),
    ("bearer-token", "Authorization: Bearer ", make(ANY, 40), "Bearer authentication-middleware"),
    (
        "authorization-header",
        "Authorization: ApiKey ",
        make(ANY, 30),
        "Authorization: token $TOKEN",
    ),
    ("cookie", "Cookie: a=b; sessionid=", make(ANY, 32), "Cookie: consent=yes"),
    ("token-in-query", "https://x.io/a?b=1&access_token=", make(ANY, 40), "/login?token=<token>"),
    ("password-option", "deploy --password ", password(3), "deploy --password-file x.txt"),
    ("password-option", "docker login -u bot -p ", password(4), "docker run -p 8080:80 login"),
    ("sshpass", "sshpass -p ", password(5), "sshpass -p $PASS"),
    ("mysql-password", "mysql -u root -p", password(6), "mysql -u root -p mydb"),
    ("user-option", "curl -u admin:", password(7), "docker run -u 1000:1000 x"),
    ("netrc", "machine a.example login bot password ", password(8), "machine learning login page"),
    ("sql-password", "CREATE USER a IDENTIFIED BY '", password(9), "IDENTIFIED BY :pw"),
    ("environment-password", "DB_PASS=", password(10), "DB_PASS=$DB_PASS"),
    ("fernet-key", "Fernet(b'", make(URL, 43) + "=", "a fernet key is 44 characters long"),
    ("datadog-key", "datadog: ", make(HEX, 32), "datadog dashboards"),
    (
        "seed-phrase",
        "seed phrase: ",
        " ".join(make(string.ascii_lowercase, 5, n) for n in range(12)),
        "seed phrase: twelve words",
    ),
    (
        "putty-key",
        "Private-" + "Lines: 2\n",
        make(BASE64, 64) + "\n" + make(BASE64, 40),
        "Private-Lines: 2",
    ),
    ("password", "password: ", password(11), "password: required"),
    ("password", "- **Password**: ", password(12), "- **Password**: reset by mail"),
    ("password", "the admin password is ", password(13), "the password is hashed"),
    ("password", 'password = "', password(14), 'password = os.environ["DB"]'),
    ("password", "Passwort: ", password(15), "Passwort: vergessen"),
    ("password", "contraseña: ", password(16), "contraseña: olvidada"),
    ("password", "пароль: ", password(17), "пароль: забыт"),
    ("password", "密码：", password(18), "密码：已修改"),
    ("password", "log in as admin with password ", password(19), "password hashing with Argon2id"),
    ("password", "PIN password: ", "8302" + "9174", "password: 12"),
    ("secret", "SECRET_KEY=", make(HEX, 64), "SECRET_KEY=${SECRET_KEY}"),
    ("secret", "API key `", make(ANY, 32), "API key `api_key`"),
    ("secret", "| client_secret | ", make(ANY, 40), "| client_secret | see the vault |"),
    ("secret", "token: ", make(ANY, 24), "tokens: 4500 in, 1200 out"),
    ("private-key", "", pem(), "-----BEGIN PRIVATE KEY----- is what it begins with"),
    ("private-key", "", pem("OPENSSH ", 9), "-----BEGIN OPENSSH PRIVATE KEY-----\\n...\\n"),
)
"""Of each kind that is told by what stands around it."""
