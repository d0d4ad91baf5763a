"""Asks the API what its description allows, and what it does not, with schemathesis.

A server on an empty SQLite register is started, with a coordinator, a state, a provider and one of everything to be
found, a run that has ended among it. Every operation is asked as each of them and as nobody. What fails: an answer of 500
or above other than 503 and 507, an answer the description does not have, one of another content type or form.

Usage: run.py [most questions for each operation], from the root of the workspace, after `cargo build --workspace --bins`.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
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


def ask(address, token, path, body=None, version=None):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address + path, data=data, headers=headers)) as answer:
        return json.load(answer)


def fill(address, tokens):
    """One of everything; answers what stands at the beginning of which addresses."""
    component = {"type": "training", "unit": "place", "quantity": 10, "unit_cost": 900}
    made = {}

    def make(name, who, path, body):
        made[name] = ask(address, tokens[who], f"/api/v1{path}", body)
        return made[name]["id"]

    def step(name, who, what, body):
        path = f"/api/v1/{name}s/{made[name]['id']}/{what}"
        made[name] = ask(address, tokens[who], path, body, made[name]["version"])

    asked = {"title": "Asked", "area": "marking", "priority": 3, "components": [component]}
    make("request", "state", "/requests", asked)
    offered = {"title": "Offered", "form": "money", "unit": "USD", "quantity": 9000, "visibility": "public"}
    make("offer", "provider", "/offers", offered)
    step("request", "state", "endorse", {})
    step("request", "state", "submit", {})
    step("request", "coordinator", "authenticate", {"priority": 2})
    step("request", "state", "circulate", {"circulation": "public"})
    step("offer", "provider", "submit", {})
    step("offer", "coordinator", "confirm", {})
    settings = {"currency": "USD", "as_of": "2026-11-22", "limits": {"seconds": 10}}
    round_ = make("round", "coordinator", "/rounds", {"name": "Round", "periods": ["2027"], "settings": settings})
    step("round", "coordinator", "freeze", {})
    scenario = make("scenario", "coordinator", f"/rounds/{round_}/scenarios", {"name": "base"})
    run = make("run", "coordinator", f"/scenarios/{scenario}/runs", {})
    for _ in range(600):
        made["run"] = ask(address, tokens["coordinator"], f"/api/v1/runs/{run}")
        if made["run"]["lifecycle"] not in ("queued", "running"):
            break
        time.sleep(0.1)
    step("round", "coordinator", "publish", {"run": run})
    made["proposal"] = ask(address, tokens["state"], "/api/v1/proposals")["items"][0]
    providers = ask(address, tokens["provider"], "/api/v1/parties?kind=provider")["items"]
    return {
        **{f"/api/v1/{name}s/": thing["id"] for name, thing in made.items()},
        "/api/v1/parties/": providers[0]["id"],
    }


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
            "SCHEMATHESIS_HOOKS": "hooks",
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
            environment["NEEDMATCH_KNOWN"] = json.dumps(fill(address, tokens))
            for name, token in tokens.items():
                print(f"as {name}", flush=True)
                runner = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/v1/openapi.json"]
                options = ["--checks", CHECKS, "--max-examples", examples, "--phases", "examples,coverage,fuzzing"]
                options += ["--seed", "1", "--continue-on-failure", "--workers", "1"]
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
