"""Asks the API what its description allows, and what it does not, with schemathesis.

A server on an empty SQLite register is started, with a coordinator, a state, a provider and something to be found. Every
operation is asked as each of them and as nobody. What fails: an answer of 500 or above other than 503 and 507, an answer
the description does not have, one of another content type or form.

Usage: run.py [most questions for each operation], from the root of the workspace, after `cargo build --workspace --bins`.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = TARGET / "debug" / "needmatch"
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    "response_headers_conformance,negative_data_rejection"
)
SCOPES = "read,write,manage"


def call(environment, *arguments):
    done = subprocess.run([PROGRAM, *arguments], env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def post(address, token, path, body):
    request = urllib.request.Request(
        address + path,
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def serve(environment, log):
    server = subprocess.Popen([PROGRAM, "serve", "--listen", "127.0.0.1:0"], env=environment, stderr=log)
    for _ in range(600):
        text = pathlib.Path(log.name).read_text()
        for line in text.splitlines():
            if line.startswith("needmatch listens on "):
                return server, line.split()[-1]
        if server.poll() is not None:
            break
        try:
            server.wait(0.05)
        except subprocess.TimeoutExpired:
            pass
    raise SystemExit(f"the server does not start: {text}")


def main():
    examples = sys.argv[1] if len(sys.argv) > 1 else "100"
    with tempfile.TemporaryDirectory() as directory, open(f"{directory}/serve.log", "w") as log:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite://{directory}/register.db",
            "NEEDMATCH_REQUESTS_PER_MINUTE": "1000000",
            "NEEDMATCH_LOG": "warn",
            "SCHEMATHESIS_HOOKS": "pdf_files",
            "PYTHONPATH": str(pathlib.Path(__file__).parent),
        }
        tokens = {"nobody": None}
        for kind, code in (("coordinator", "UN"), ("state", "SEN"), ("provider", "Halvorland")):
            call(environment, "access", "party", "--kind", kind, "--code", code, "--name", code)
            party = ("--kind", kind, "--code", code)
            tokens[kind] = call(environment, "access", "token", *party, "--label", "schemathesis", "--scopes", SCOPES)
        server, address = serve(environment, log)
        failed = []
        try:
            component = {"type": "training", "unit": "place", "quantity": 10, "unit_cost": 900}
            asked = {"title": "Asked", "area": "marking", "priority": 3, "components": [component]}
            offered = {"title": "Offered", "form": "money", "unit": "EUR", "quantity": 1}
            post(address, tokens["state"], "/api/v1/requests", asked)
            post(address, tokens["provider"], "/api/v1/offers", offered)
            for name, token in tokens.items():
                print(f"as {name}", flush=True)
                runner = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/v1/openapi.json"]
                options = ["--checks", CHECKS, "--max-examples", examples, "--phases", "examples,coverage,fuzzing"]
                options += ["--exclude-path-regex", "events$", "--seed", "1", "--continue-on-failure", "--workers", "1"]
                options += ["--request-timeout", "20", "--warnings", "off"]
                if token:
                    options += ["--header", f"Authorization: Bearer {token}"]
                if subprocess.run(runner + options, cwd=directory, env=environment).returncode != 0:
                    failed.append(name)
        finally:
            server.terminate()
            server.wait(30)
        told = pathlib.Path(log.name).read_text()
        if "panicked" in told:
            failed.append("the server panicked:\n" + told)
    if failed:
        raise SystemExit(f"answers that should not have come: {', '.join(failed)}")
    print("nothing came that the description does not have")


if __name__ == "__main__":
    main()
