#!/usr/bin/env python3
"""Recounts what needmatch computed, from `docs/rules.md` alone.

Nothing is shared with the engine: another language, the standard library, every number a whole number of any size.
What the two agree on was therefore written down clearly enough for two readers. Sections follow the page:
reading, formats, sanity, the box, rules of the plan, goals, rows, proof, run file, complete enumeration, commands.

    recount.py run.json                              0 accepted, 1 refused (one finding a line), 2 unreadable
    recount.py --problem problem.json --brute-force  the best value of every goal, from all plans there are;
                                                     2 where there are too many
    recount.py --jsonl                               one JSON object a line in, one verdict a line out:
        {"run": …}                       the run is recounted ("problem": … beside it when it is detached)
        {"run": …, "brute_force": true}  and best, bound and status are compared with all plans there are
        {"problem": …, "expect": […]}    the best values, compared with those expected (null: no plan at all)
      A verdict is {"verdict": accepted | refused | unreadable | too_large, "findings": […]}, for a problem with
      "feasible", "plans" (how many) and "best" ([{"goal", "best"}]) as --brute-force prints them, for a run with
      "numbers": its totals, and of each goal the value and what the proof proves (null: that there is no plan, or
      nothing), counted here.

To add a rule: its sum in `ceilings` or `all_or_nothing`, or its yes and no in `fact_breaches`; its row in `rows`, and the
row's name at its place in `ROWS`.
To add a goal: its value in `goal_values` and `readers`, its unknowns in `columns`, its form in `goal_form`.
To add a kind of proof node: the format of its body in `NODES`, and a method of `Prover` of the same name that gives the
bound of a branch, or None where it shows that the branch holds no plan.
"""

import argparse
import copy
import functools
import hashlib
import itertools
import json
import math
import os
import sys
from collections import defaultdict, namedtuple

MOST_STEPS = 5_000_000  # of a complete enumeration
MOST_DEPTH = 50  # splits above a leaf
MOST_SCALE = 40  # of a leaf
MOST_BITS = 64  # of a whole number in a file; what is computed from them may be of any size
MOST_GAP = 10**12  # thousandths of a permille: everything above is as useless


class Unreadable(Exception):
    """The text is not what it should be: nothing can be said about its content."""


class TooLarge(Exception):
    """More plans than a complete enumeration may visit."""


# ---------------------------------------------------------------------------------------------- reading


def parse(text):
    """JSON with every member once and no number that JSON does not have."""
    try:
        return json.loads(text, object_pairs_hook=members_once, parse_constant=refuse_constant)
    except (ValueError, RecursionError, OverflowError) as fault:
        raise Unreadable(f"no JSON: {fault}") from None


def members_once(pairs):
    """An object; a gap is a number with a fraction, also where it is whole."""
    members = {}
    for key, value in pairs:
        if key in members:
            raise Unreadable(f"member {key!r} stands twice in one object")
        members[key] = float(value) if key == "gap_permille" and type(value) is int else value
    return members


def refuse_constant(name):
    raise Unreadable(f"{name} is no JSON number")


def canonical(value):
    """Canonical JSON: UTF-8, keys sorted by their bytes (the order of code points is the same), no white space."""
    try:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return text.encode("utf-8")
    except (ValueError, RecursionError) as fault:
        raise Unreadable(f"cannot be written as canonical JSON: {fault}") from None


def copied(value):
    """The same value again, so that what fills in absent members changes nothing that was handed in."""
    try:
        return copy.deepcopy(value)
    except RecursionError:
        raise Unreadable("nested too deeply") from None


def sha256(value):
    """SHA-256 of the canonical JSON, in lower-case hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


# ---------------------------------------------------------------------------------------------- formats
# A format is a function of a value and the place it stands at. It raises Unreadable, and fills in members that may
# be absent: hashes are therefore taken before, and what was handed in is copied.


def whole(least=None):
    def check(value, where):
        if type(value) is not int or value.bit_length() > MOST_BITS or (least is not None and value < least):
            raise Unreadable(f"{where}: {value!r:.60} is no whole number" + (f" ≥ {least}" if least is not None else ""))
    return check


def kind(expected, words):
    def check(value, where):
        if type(value) is not expected:
            raise Unreadable(f"{where}: {value!r:.60} is no {words}")
    return check


def one_of(*allowed):
    def check(value, where):
        if type(value) is not str or value not in allowed:
            raise Unreadable(f"{where}: {value!r:.60} is none of {', '.join(allowed)}")
    return check


def nullable(form):
    return lambda value, where: value is None or form(value, where)


def listed(form):
    def check(value, where):
        if type(value) is not list:
            raise Unreadable(f"{where}: no list")
        for position, member in enumerate(value):
            form(member, f"{where}[{position}]")
    return check


def tupled(*forms):
    def check(value, where):
        if type(value) is not list or len(value) != len(forms):
            raise Unreadable(f"{where}: no list of {len(forms)}")
        for position, (form, member) in enumerate(zip(forms, value)):
            form(member, f"{where}[{position}]")
    return check


def keyed(key_form, form):
    def check(value, where):
        kind(dict, "object")(value, where)
        for key, member in value.items():
            key_form(key, where)
            form(member, f"{where}.{key}")
    return check


def record(members, absent=None):
    """An object of exactly these members; those in `absent` may be missing and then have the value given there."""
    absent = absent or {}

    def check(value, where):
        kind(dict, "object")(value, where)
        for key in value:
            if key not in members:
                raise Unreadable(f"{where}: no member {key!r:.60} is known")
        for key, form in members.items():
            if key in value:
                form(value[key], f"{where}.{key}")
            elif key in absent:
                value[key] = absent[key]
            else:
                raise Unreadable(f"{where}: member {key!r} is missing")
    return check


def gap_number(value, where):
    kind(float, "number in permille")(value, where)
    if not 0 <= value <= MOST_GAP / 1000 or round(value * 1000) / 1000 != value:
        raise Unreadable(f"{where}: {value!r} is no gap: permille from 0 upwards with at most three decimals")


def proof_tree(value, where, depth=0):
    """A node of a proof: an object of one member, which names its kind."""
    if type(value) is not dict or len(value) != 1:
        raise Unreadable(f"{where}: a proof is an object of one member")
    (name, body), = value.items()
    if name not in NODES:
        raise Unreadable(f"{where}: a proof is one of {', '.join(NODES)}")
    NODES[name](body, f"{where}.{name}", depth)


def leaf_body(value, where, depth):
    record({"scale": NATURAL, "multipliers": listed(tupled(TEXT, listed(NATURAL), INTEGER))})(value, where)


def split_body(value, where, depth):
    if depth == MOST_DEPTH:
        raise Unreadable(f"{where}: deeper than {MOST_DEPTH} splits")
    branch = lambda side, place: proof_tree(side, place, depth + 1)
    record({"column": tupled(TEXT, listed(NATURAL)), "at": INTEGER, "below": branch, "above": branch})(value, where)


def strengthened_body(value, where, depth):
    multipliers, columns = listed(tupled(TEXT, listed(NATURAL), INTEGER)), listed(tupled(TEXT, listed(NATURAL)))
    cuts = listed(record({"rows": multipliers, "from_above": columns, "divisor": INTEGER}))
    record({"cuts": cuts, "proof": lambda proof, place: proof_tree(proof, place, depth)})(value, where)


# The kinds of proof node, with the format of what each holds.
NODES = {"leaf": leaf_body, "infeasible": leaf_body, "split": split_body, "strengthened": strengthened_body}

INTEGER, NATURAL = whole(), whole(0)
TEXT, BOOLEAN = kind(str, "text"), kind(bool, "true or false")
MATCH = tupled(NATURAL, NATURAL, NATURAL, INTEGER)
SHARE = record({"region": TEXT, "states": listed(NATURAL), "share_permille": NATURAL})
ALWAYS = ("unit_and_item", "forbidden", "demand", "minimum", "capacity", "locked")
PLAN_RULES = ("demand minimum capacity ticket state_limit reach fragmentation bundle choice sustainability obstacle "
              "absorption channel regional_floor regional_ceiling package precedence locked").split()
PAIR_RULES = ("area type unit_and_item earmark context window embargo consent contribution sustainability_required "
              "action_plan report firm_only duplication bare_equipment suitability forbidden").split()
# The kinds of row in the order in which a leaf lists its multipliers.
ROWS = ("demand.total demand.link demand.period demand.request demand.some minimum capacity.total capacity.period "
        "takes_part.link takes_part.some ticket.least ticket.most state_limit reach helps.link fragmentation bundle choice "
        "sustainability obstacle absorption.amount absorption.requests runs.link channel regional_floor regional_ceiling "
        "package precedence arrived locked full.component full.request full.choice equity synergy.tracing "
        "synergy.stockpile stability economy held cut").split()
# The kinds of unknown in the order in which a cut lists those it counts from above.
COLUMNS = ("x served.component served.request takes_part helps runs arrived full.component full.request share both kept "
           "delivery").split()
GOALS = ("coverage", "completed", "equity", "synergy", "sustainability", "stability", "economy")
MAYBE, MAYBE_TEXT = nullable(NATURAL), nullable(TEXT)


def nullable_record(members):
    """A record whose members without a form of their own may be null, and absent as well."""
    return record(members, {key: None for key, form in members.items() if form in (MAYBE, MAYBE_TEXT)})


STATE = record({"code": TEXT, "regions": listed(TEXT), "absorption": listed(nullable_record(
    {"period": NATURAL, "amount": MAYBE, "requests": MAYBE}))})
REQUEST = record({
    "id": TEXT, "state": NATURAL, "area": TEXT, "family": nullable(one_of("tracing", "stockpile")),
    "step": nullable(one_of("legislation", "record_keeping", "marking")), "priority_weight": INTEGER,
    "weight": INTEGER, "sustainability": INTEGER, "sustainability_threshold": INTEGER, "max_providers": MAYBE,
    "package": MAYBE_TEXT, "sdg_targets": listed(TEXT),
    "obstacles": listed(nullable_record({"code": TEXT, "mitigation": MAYBE})),
}, {"family": None, "step": None, "max_providers": None, "package": None})
COMPONENT = nullable_record({
    "id": TEXT, "request": NATURAL, "outstanding": INTEGER, "minimum": NATURAL, "divisible": BOOLEAN,
    "unit_cost": NATURAL, "period_max": MAYBE, "requires": listed(NATURAL), "choice": MAYBE_TEXT,
    "sustainability_points": NATURAL, "pairs": listed(tupled(NATURAL, NATURAL, NATURAL, INTEGER, INTEGER))})
OFFER = record({
    "id": TEXT, "provider": NATURAL, "quantity": NATURAL, "per_period": nullable(listed(NATURAL)),
    "ticket_min": MAYBE, "ticket_max": MAYBE, "state_max": MAYBE, "max_requests": MAYBE, "channel": MAYBE_TEXT,
    "delivery_permille": NATURAL, "unit_value": nullable(INTEGER), "pledge": BOOLEAN, "sdg_targets": listed(TEXT),
}, {key: None for key in "per_period ticket_min ticket_max state_max max_requests channel unit_value".split()})
CHANNEL = record({"id": TEXT, "period": MAYBE, "states": nullable(listed(NATURAL)), "amount": NATURAL},
                 {"period": None, "states": None})
GOAL = record({"goal": one_of(*GOALS), "give": NATURAL, "by": one_of("state", "region"), "provider_cost": NATURAL},
              {"give": 0, "by": "state", "provider_cost": 1000})
PROBLEM = record({
    "format": one_of("needmatch-problem-1"), "name": TEXT, "currency": TEXT, "seed": NATURAL, "periods": listed(TEXT),
    "states": listed(STATE), "providers": listed(TEXT), "requests": listed(REQUEST), "components": listed(COMPONENT),
    "offers": listed(OFFER), "channels": listed(CHANNEL), "regional_floors": listed(SHARE),
    "regional_ceilings": listed(SHARE),
    "rules": keyed(one_of(*PLAN_RULES, *PAIR_RULES), one_of("enforce", "warn", "off")),
    "goals": listed(GOAL), "locks": listed(MATCH), "baseline": listed(MATCH)})
TOTALS = ("matches", "requests_served", "requests_completed", "components_served", "cost")
RUN = record({
    "format": one_of("needmatch-run-1"),
    "software": record({"name": one_of("needmatch"), "version": TEXT, "rules_version": NATURAL}),
    "problem_sha256": TEXT, "problem": nullable(PROBLEM), "problem_file": nullable(TEXT),
    "begun_from": nullable(TEXT), "digest": TEXT,
    "settings": record({"gap_permille": gap_number, "seconds": NATURAL, "threads": NATURAL}),
    "outcome": record({
        "status": one_of("optimal", "within_gap", "limit", "infeasible"), "plan": listed(MATCH),
        "goals": listed(record({"goal": one_of(*GOALS), "best": INTEGER, "bound": INTEGER,
                                "gap_permille": gap_number, "value": INTEGER})),
        "totals": record({name: INTEGER for name in TOTALS}),
        "certificate": record({
            "stages": listed(record({"witness": nullable(listed(MATCH)), "proof": proof_tree}, {"witness": None})),
            "infeasible": nullable(proof_tree)}, {"infeasible": None}),
        # Explanations are words about the run; nothing that is recounted depends on them.
        "explanations": lambda value, where: None}),
}, {"problem": None, "problem_file": None, "begun_from": None})


# ---------------------------------------------------------------------------------------------- sanity


def problem_faults(problem):
    """Where a problem is well formed and still none: every place, in words."""
    found = []

    def expect(holds, fault):
        if not holds:
            found.append(f"problem: {fault}")

    def within(where, position, table):
        expect(position < len(problem[table]), f"{where}: {position} is no position in {table}")
        return position < len(problem[table])

    def in_order(where, keys):
        for before, after in zip(keys, keys[1:]):
            expect(before < after, f"{where}: {after!r} stands after {before!r}")

    in_order("states", [state["code"] for state in problem["states"]])
    in_order("providers", problem["providers"])
    for table in ("requests", "components", "offers"):
        in_order(table, [entry["id"] for entry in problem[table]])
    expect(problem["goals"], "goals: there is none")
    names = [goal["goal"] for goal in problem["goals"]]
    expect(len(set(names)) == len(names), "goals: one stands twice")
    for rule in ALWAYS:
        expect(problem["rules"].get(rule, "enforce") == "enforce", f"rules: {rule} is always enforced")
    for s, state in enumerate(problem["states"]):
        in_order(f"states[{s}].absorption", [entry["period"] for entry in state["absorption"]])
        for entry in state["absorption"]:
            within(f"states[{s}].absorption", entry["period"], "periods")
    asking = {component["request"] for component in problem["components"]}
    for r, request in enumerate(problem["requests"]):
        where = f"requests[{r}]"
        within(where, request["state"], "states")
        in_order(f"{where}.sdg_targets", request["sdg_targets"])
        for obstacle in request["obstacles"]:
            if obstacle["mitigation"] is not None:
                within(f"{where}.obstacles", obstacle["mitigation"], "components")
        expect(r in asking, f"{where}: has no component")
    for c, component in enumerate(problem["components"]):
        where = f"components[{c}]"
        within(where, component["request"], "requests")
        expect(component["outstanding"] >= 1, f"{where}: nothing is outstanding")
        expect(component["minimum"] <= component["outstanding"], f"{where}: minimum above what is outstanding")
        expect(component["divisible"] or component["minimum"] == component["outstanding"],
               f"{where}: indivisible, and minimum is not all that is outstanding")
        in_order(f"{where}.requires", component["requires"])
        for required in component["requires"]:
            within(f"{where}.requires", required, "components")
            expect(required != c, f"{where}: requires itself")
        in_order(f"{where}.pairs", [pair[:2] for pair in component["pairs"]])
        for offer, first, last, draw, _ in component["pairs"]:
            within(f"{where}.pairs", offer, "offers")
            within(f"{where}.pairs", last, "periods")
            expect(first <= last, f"{where}.pairs: periods {first} to {last}")
            expect(draw >= 1, f"{where}.pairs: a draw of {draw}")
        for before, after in zip(component["pairs"], component["pairs"][1:]):
            expect(before[0] != after[0] or before[2] < after[1], f"{where}.pairs: ranges of an offer overlap")
    for o, offer in enumerate(problem["offers"]):
        where = f"offers[{o}]"
        within(where, offer["provider"], "providers")
        in_order(f"{where}.sdg_targets", offer["sdg_targets"])
        expect(offer["per_period"] is None or len(offer["per_period"]) == len(problem["periods"]),
               f"{where}.per_period: not one entry a period")
    for i, channel in enumerate(problem["channels"]):
        if channel["period"] is not None:
            within(f"channels[{i}]", channel["period"], "periods")
        in_order(f"channels[{i}].states", channel["states"] or [])
        for state in channel["states"] or []:
            within(f"channels[{i}]", state, "states")
    for table in ("regional_floors", "regional_ceilings"):
        in_order(table, [entry["region"] for entry in problem[table]])
        for i, entry in enumerate(problem[table]):
            in_order(f"{table}[{i}].states", entry["states"])
            for state in entry["states"]:
                within(f"{table}[{i}]", state, "states")
    for table in ("locks", "baseline"):
        in_order(table, [match[:3] for match in problem[table]])
        for i, (c, o, t, quantity) in enumerate(problem[table]):
            known = [within(f"{table}[{i}]", *place) for place in ((c, "components"), (o, "offers"), (t, "periods"))]
            expect(quantity >= 1, f"{table}[{i}]: a quantity of {quantity}")
            if table == "locks" and all(known):
                eligible = any(p[0] == o and p[1] <= t <= p[2] for p in problem["components"][c]["pairs"])
                expect(eligible, f"locks[{i}]: the component has no pair with the offer in the period")
    return found


# ---------------------------------------------------------------------------------------------- the box


class Model:
    """A sane problem with what the rules speak of looked up once. Nothing in it depends on a plan.

    A cell is (component, offer, period) that a pair covers: what x counts.
    """

    def __init__(self, problem):
        self.problem = problem
        self.states, self.requests = problem["states"], problem["requests"]
        self.components, self.offers = problem["components"], problem["offers"]
        self.goals, self.locks, self.baseline = problem["goals"], problem["locks"], problem["baseline"]
        self.periods = range(len(problem["periods"]))
        self.request_of = [component["request"] for component in self.components]
        self.state_of = [self.requests[r]["state"] for r in self.request_of]
        self.unit_cost = [component["unit_cost"] for component in self.components]
        self.components_of = grouped(range(len(self.components)), lambda c: self.request_of[c])
        self.draw, self.score = {}, {}
        for c, component in enumerate(self.components):
            for o, first, last, draw, score in component["pairs"]:
                for t in range(first, last + 1):
                    self.draw[c, o, t], self.score[c, o, t] = draw, score
        cells = list(self.draw)
        self.cells = cells
        self.cells_of_component = grouped(cells, lambda cell: cell[0])
        self.cells_of_taking = grouped(cells, lambda cell: (cell[1], self.request_of[cell[0]]))
        self.choices = alternatives(range(len(self.components)), lambda c: self.components[c]["choice"])
        self.packages = alternatives(range(len(self.requests)), lambda r: self.requests[r]["package"])
        self.before = [self.step_before(c) for c in range(len(self.components))]
        self.families = {family: grouped((c for c, r in enumerate(self.request_of)
                                          if self.requests[r]["family"] == family), lambda c: self.state_of[c])
                         for family in ("tracing", "stockpile")}
        self.shared_targets = {taking for taking in self.cells_of_taking if not set(
            self.offers[taking[0]]["sdg_targets"]).isdisjoint(self.requests[taking[1]]["sdg_targets"])}
        self.excess = [max(0, offer["delivery_permille"] - 1000) for offer in self.offers]
        self.equity_of_state, self.equity_asked = self.equity_sides()
        self.u, self.dead = self.box()
        self.ceilings, self.all_or_nothing = ceilings(self), all_or_nothing(self)

    def enforces(self, rule):
        """Whether plans that break the rule are refused. Only `precedence` is off where nothing is said."""
        return rule in ALWAYS or self.problem["rules"].get(rule, "off" if rule == "precedence" else "enforce") == "enforce"

    def goal(self, name):
        """The goal of that name with its settings, or None where the plan does not strive for it."""
        return next((goal for goal in self.goals if goal["goal"] == name), None)

    def cost(self, cell):
        return self.unit_cost[cell[0]]

    def asked(self, states):
        """D: what the states' components that have a pair cost in all."""
        return sum(component["unit_cost"] * component["outstanding"] for c, component in enumerate(self.components)
                   if component["pairs"] and self.state_of[c] in states)

    def step_before(self, c):
        """Components with a pair, in the same state, one of which must arrive no later (`precedence`)."""
        wanted = {"marking": "record_keeping", "record_keeping": "legislation"}.get(
            self.requests[self.request_of[c]]["step"])
        return [d for d, r in enumerate(self.request_of) if wanted is not None and self.state_of[d] == self.state_of[c]
                and self.requests[r]["step"] == wanted and self.components[d]["pairs"]]

    def equity_sides(self):
        """Which side of the comparison each state counts for, and what each side with something to ask has asked.

        A side is a state by position, or a region by position among the finest regions of all states, by name.
        """
        goal = self.goal("equity")
        if goal is None:
            return {}, {}
        side_of = {s: s for s in range(len(self.states))}
        if goal["by"] == "region":
            finest = {s: state["regions"][0] for s, state in enumerate(self.states) if state["regions"]}
            names = sorted(set(finest.values()))
            side_of = {s: names.index(name) for s, name in finest.items()}
        asked = {side: self.asked({s for s in side_of if side_of[s] == side}) for side in set(side_of.values())}
        return side_of, {side: amount for side, amount in sorted(asked.items()) if amount > 0}

    def own_limit(self, cell):
        """The most of a cell that its own limits leave."""
        c, o, t = cell
        component, offer = self.components[c], self.offers[o]
        limits = [offer["quantity"]]
        if offer["per_period"] is not None:
            limits.append(offer["per_period"][t])
        if offer["ticket_max"] is not None and self.enforces("ticket"):
            limits.append(offer["ticket_max"])
        if offer["state_max"] is not None and self.enforces("state_limit"):
            limits.append(offer["state_max"])
        most = [component["outstanding"]] + [1000 * limit // self.draw[cell] for limit in limits]
        if component["period_max"] is not None:
            most.append(component["period_max"])
        if self.enforces("absorption"):
            for entry in self.states[self.state_of[c]]["absorption"]:
                if entry["period"] == t and entry["amount"] is not None and component["unit_cost"] > 0:
                    most.append(entry["amount"] // component["unit_cost"])
                if entry["period"] == t and entry["requests"] == 0:
                    most.append(0)
        if component["divisible"]:
            return min(most)
        return component["outstanding"] if min(most) >= component["outstanding"] else 0

    def box(self):
        """u of every cell, and which components are dead."""
        u = {cell: self.own_limit(cell) for cell in self.cells}
        dead = [False] * len(self.components)
        changed = True
        while changed:
            changed = False
            for c in range(len(dead)):
                if not dead[c] and self.dies(c, u, dead):
                    dead[c] = changed = True
                    u.update((cell, 0) for cell in self.cells_of_component.get(c, ()))
            for (o, _), cells in self.cells_of_taking.items():
                least = self.offers[o]["ticket_min"]
                if least is not None and self.enforces("ticket") and any(u[cell] for cell in cells) \
                        and sum(self.draw[cell] * u[cell] for cell in cells) < 1000 * least:
                    changed = True
                    u.update((cell, 0) for cell in cells)
        return u, dead

    def dies(self, c, u, dead):
        """Whether nothing of a live component can arrive: the numbered cases of the page, in order."""
        component, request = self.components[c], self.requests[self.request_of[c]]
        arriving = defaultdict(int)
        for cell in self.cells_of_component.get(c, ()):
            arriving[cell[2]] += u[cell]
        most = math.inf if component["period_max"] is None else component["period_max"]
        if sum(min(most, amount) for amount in arriving.values()) < component["minimum"]:
            return True
        if self.enforces("bundle") and any(dead[required] for required in component["requires"]):
            return True
        if self.enforces("obstacle") and any(obstacle["mitigation"] is None or dead[obstacle["mitigation"]]
                                             for obstacle in request["obstacles"]):
            return True
        if self.enforces("sustainability"):
            points = sum(self.components[d]["sustainability_points"]
                         for d in self.components_of[self.request_of[c]] if not dead[d])
            if request["sustainability"] + points < request["sustainability_threshold"]:
                return True
        return self.enforces("package") and any(all(dead[d] for d in self.components_of[r])
                                                for r in self.packages.get(request["package"], ()))


def grouped(members, key):
    """Members by key, each list in the order given."""
    groups = defaultdict(list)
    for member in members:
        groups[key(member)].append(member)
    return dict(groups)


def alternatives(members, key):
    """Members by key; those without a key belong to no group."""
    return {name: group for name, group in grouped(members, key).items() if name is not None}


# ---------------------------------------------------------------------------------------------- rules of the plan


def ceilings(model):
    """Rules that keep a weighted sum of x at an amount or below: (row, entities…) → (weight of each cell, most).

    A floor is a ceiling of the negative sum.
    """
    found, draw, cost = {}, model.draw, model.cost
    by = lambda key: grouped(model.cells, key)
    for c, component in enumerate(model.components):
        cells = model.cells_of_component.get(c, ())
        found["demand.total", c] = dict.fromkeys(cells, 1), component["outstanding"]
        if component["period_max"] is not None:
            for t in model.periods:
                most = min(component["period_max"], component["outstanding"])
                found["demand.period", c, t] = {cell: 1 for cell in cells if cell[2] == t}, most
    of_offer = by(lambda cell: cell[1])
    for o, offer in enumerate(model.offers):
        draws = {cell: draw[cell] for cell in of_offer.get(o, ())}
        found["capacity.total", o] = draws, 1000 * offer["quantity"]
        for t, quantity in enumerate(offer["per_period"] or ()):
            found["capacity.period", o, t] = {cell: draws[cell] for cell in draws if cell[2] == t}, 1000 * quantity
    if model.enforces("ticket"):
        for (o, r), cells in model.cells_of_taking.items():
            if model.offers[o]["ticket_max"] is not None:
                found["ticket.most", o, r] = {cell: draw[cell] for cell in cells}, 1000 * model.offers[o]["ticket_max"]
    if model.enforces("state_limit"):
        for (o, s), cells in by(lambda cell: (cell[1], model.state_of[cell[0]])).items():
            if model.offers[o]["state_max"] is not None:
                found["state_limit", o, s] = {cell: draw[cell] for cell in cells}, 1000 * model.offers[o]["state_max"]
    if model.enforces("absorption"):
        arriving = by(lambda cell: (model.state_of[cell[0]], cell[2]))
        for s, state in enumerate(model.states):
            for entry in state["absorption"]:
                if entry["amount"] is not None:
                    cells = arriving.get((s, entry["period"]), ())
                    found["absorption.amount", s, entry["period"]] = {cell: cost(cell) for cell in cells}, entry["amount"]
    if model.enforces("channel"):
        for i, channel in enumerate(model.problem["channels"]):
            found["channel", i] = {
                cell: cost(cell) for cell in model.cells
                if model.offers[cell[1]]["channel"] == channel["id"] and channel["period"] in (None, cell[2])
                and (channel["states"] is None or model.state_of[cell[0]] in channel["states"])}, channel["amount"]
    if model.enforces("regional_floor"):
        for i, floor in enumerate(model.problem["regional_floors"]):
            least = rounded_up(floor["share_permille"] * model.asked(floor["states"]), 1000)
            weights = {cell: -cost(cell) for cell in model.cells if model.state_of[cell[0]] in floor["states"]}
            found["regional_floor", i] = weights, -least
    if model.enforces("regional_ceiling"):
        for i, ceiling in enumerate(model.problem["regional_ceilings"]):
            inside = lambda cell: 1000 if model.state_of[cell[0]] in ceiling["states"] else 0
            found["regional_ceiling", i] = {
                cell: (inside(cell) - ceiling["share_permille"]) * cost(cell) for cell in model.cells}, 0
    return found


def all_or_nothing(model):
    """Rules by which a weighted sum of x is zero or at least an amount: (row, entities…) → (weights, least)."""
    found = {}
    for c, component in enumerate(model.components):
        found["minimum", c] = dict.fromkeys(model.cells_of_component.get(c, ()), 1), component["minimum"]
    if model.enforces("ticket"):
        for (o, r), cells in model.cells_of_taking.items():
            if model.offers[o]["ticket_min"] is not None:
                weights = {cell: model.draw[cell] for cell in cells}
                found["ticket.least", o, r] = weights, 1000 * model.offers[o]["ticket_min"]
    return found


Facts = namedtuple("Facts", "components requests takes_part helps runs first")


def facts_of(model, support):
    """What is yes or no in a plan, from the cells in which something arrives.

    `first` is the first period in which something of a component arrives.
    """
    first, takes_part, runs = {}, set(), set()
    for c, o, t in support:
        first[c] = min(t, first.get(c, t))
        takes_part.add((o, model.request_of[c]))
        runs.add((model.request_of[c], t))
    requests = {model.request_of[c] for c in first}
    helps = {(model.offers[o]["provider"], r) for o, r in takes_part}
    return Facts(set(first), requests, takes_part, helps, runs, first)


def fact_breaches(model, facts, support):
    """Breaches of the rules that ask only what is served by whom and when, not how much."""
    found, served = [], facts.components

    def most(row, number, limit):
        if number > limit:
            found.append(f"{row}: {number}, at most {limit}")

    if model.enforces("reach"):
        for o, number in counted(o for o, _ in facts.takes_part):
            if model.offers[o]["max_requests"] is not None:
                most(f"reach[{o}]", number, model.offers[o]["max_requests"])
    if model.enforces("fragmentation"):
        for r, number in counted(r for _, r in facts.helps):
            if model.requests[r]["max_providers"] is not None:
                most(f"fragmentation[{r}]", number, model.requests[r]["max_providers"])
    if model.enforces("bundle"):
        found += [f"bundle[{c},{d}]: served without what it requires"
                  for c in sorted(served) for d in model.components[c]["requires"] if d not in served]
    if model.enforces("choice"):
        for group in model.choices.values():
            most(f"choice[{group[0]}]", sum(c in served for c in group), 1)
    if model.enforces("sustainability"):
        for r in sorted(facts.requests):
            request = model.requests[r]
            points = request["sustainability"] + sum(model.components[c]["sustainability_points"]
                                                     for c in model.components_of[r] if c in served)
            if points < request["sustainability_threshold"]:
                found.append(f"sustainability[{r}]: {points}, at least {request['sustainability_threshold']}")
    if model.enforces("obstacle"):
        found += [f"obstacle[{r},{i}]: served with its obstacle in place" for r in sorted(facts.requests)
                  for i, obstacle in enumerate(model.requests[r]["obstacles"]) if obstacle["mitigation"] not in served]
    if model.enforces("absorption"):
        running = dict(counted((model.requests[r]["state"], t) for r, t in facts.runs))
        for s, state in enumerate(model.states):
            for entry in state["absorption"]:
                if entry["requests"] is not None:
                    row = f"absorption.requests[{s},{entry['period']}]"
                    most(row, running.get((s, entry["period"]), 0), entry["requests"])
    if model.enforces("package"):
        found += [f"package[{r}]: not served as request {group[0]} of its package is"
                  for group in model.packages.values() for r in group[1:]
                  if (r in facts.requests) != (group[0] in facts.requests)]
    if model.enforces("precedence"):
        found += [f"precedence[{c},{o},{t}]: nothing of the step before has arrived" for c, o, t in support
                  if model.before[c] and all(facts.first.get(d, t + 1) > t for d in model.before[c])]
    return found


def counted(members):
    """Every member with the number of times it occurs."""
    numbers = defaultdict(int)
    for member in members:
        numbers[member] += 1
    return sorted(numbers.items())


def plan_breaches(model, x):
    """Every breach of an enforced rule by quantities of cells."""
    found = [f"box[{c},{o},{t}]: {q}, at most {model.u[c, o, t]}" for (c, o, t), q in x.items() if q > model.u[c, o, t]]
    for cell, quantity in x.items():
        component = model.components[cell[0]]
        if not component["divisible"] and quantity != component["outstanding"]:
            found.append(f"box[{named(cell)}]: {quantity} of an indivisible component")
    for key, (weights, most) in model.ceilings.items():
        amount = weighed(weights, x)
        if amount > most:
            found.append(f"{key[0]}[{named(key[1:])}]: {amount}, at most {most}")
    for key, (weights, least) in model.all_or_nothing.items():
        amount = weighed(weights, x)
        if 0 < amount < least:
            found.append(f"{key[0]}[{named(key[1:])}]: {amount}, nothing or at least {least}")
    for i, (c, o, t, quantity) in enumerate(model.locks):
        if x.get((c, o, t), 0) != quantity:
            found.append(f"locked[{i}]: {x.get((c, o, t), 0)}, exactly {quantity}")
    return found + fact_breaches(model, facts_of(model, x), x)


def weighed(weights, x):
    """Σ weight · x, walking over the shorter of the two."""
    if len(weights) <= len(x):
        return sum(weight * x[cell] for cell, weight in weights.items() if cell in x)
    return sum(weights[cell] * quantity for cell, quantity in x.items() if cell in weights)


def named(entities):
    return ",".join(map(str, entities))


def plan_cells(model, matches, where):
    """Quantities by cell, and what keeps a list of matches from being a plan of this problem at all."""
    x, found = {}, []
    for before, after in zip(matches, matches[1:]):
        if before[:3] >= after[:3]:
            found.append(f"{where}: match {after} stands after {before}")
    for c, o, t, quantity in matches:
        if (c, o, t) not in model.draw:
            found.append(f"{where}: match {[c, o, t, quantity]}: the problem has no such pair")
        elif quantity < 1:
            found.append(f"{where}: match {[c, o, t, quantity]}: nothing arrives")
        else:
            x[c, o, t] = quantity
    return x, found


# ---------------------------------------------------------------------------------------------- goals


def goal_values(model, x):
    """The value of every goal, in the order of the problem, from the x of a plan alone."""
    facts = facts_of(model, x)
    values = []
    for goal in model.goals:
        name = goal["goal"]
        if name == "coverage":
            values.append(sum(model.score[cell] * quantity for cell, quantity in x.items()))
        elif name == "completed":
            values.append(sum(model.requests[r]["priority_weight"] for r in full_requests(model, full_components(model, x))))
        elif name == "equity":
            cost = defaultdict(int)
            for cell, quantity in x.items():
                cost[model.equity_of_state.get(model.state_of[cell[0]])] += model.cost(cell) * quantity
            values.append(sum(equity_points(cost[side], asked) for side, asked in model.equity_asked.items()))
        elif name == "synergy":
            values.append(synergy(model, facts))
        elif name == "sustainability":
            values.append(lasting(model, facts))
        elif name == "stability":
            values.append(sum(model.unit_cost[c] * min(x.get((c, o, t), 0), quantity)
                              for c, o, t, quantity in model.baseline))
        else:
            delivery = sum(model.cost(cell) * quantity * model.excess[cell[1]] for cell, quantity in x.items())
            values.append(economy(goal, len(facts.helps), delivery))
    return values


def full_components(model, x):
    """Components that receive all that is outstanding."""
    arrived = defaultdict(int)
    for (c, _, _), quantity in x.items():
        arrived[c] += quantity
    return {c for c, quantity in arrived.items() if quantity >= model.components[c]["outstanding"]}


def full_requests(model, full):
    """Requests met in full: every component, of a choice any one of its components in the request."""
    met = []
    for r, components in model.components_of.items():
        by_choice = grouped(components, lambda c: model.components[c]["choice"])
        alone = by_choice.pop(None, ())
        if all(c in full for c in alone) and all(any(c in full for c in group) for group in by_choice.values()):
            met.append(r)
    return met


@functools.lru_cache(maxsize=1 << 16)
def equity_points(cost, asked):
    """Ten points for each permille of the first tenth of what was asked, nine of the second, and so on."""
    share = min(1000, 1000 * cost // asked)
    return sum((10 - k) * min(100, max(0, share - 100 * k)) for k in range(10))


def synergy(model, facts):
    """States that receive both families, ten each, and offers taking part in a request with an SDG target of theirs."""
    tracing, stockpile = ({model.state_of[c] for c in facts.components
                           if model.requests[model.request_of[c]]["family"] == family}
                          for family in ("tracing", "stockpile"))
    return 10 * len(tracing & stockpile) + len(facts.takes_part & model.shared_targets)


def lasting(model, facts):
    """Static scores of the requests and points of the components that are served."""
    return sum(model.requests[r]["sustainability"] for r in facts.requests) \
        + sum(model.components[c]["sustainability_points"] for c in facts.components)


def economy(goal, helps, delivery):
    """What providers on requests weigh and what delivery costs, as a loss; `delivery` in thousandths."""
    return -(goal["provider_cost"] * helps + rounded_up(delivery, 1000))


def rounded_up(dividend, divisor):
    return -(-dividend // divisor)


def held_values(goals, best, stage):
    """What each goal before the stage is held at while the stage's goal is maximised."""
    return [best[i] - abs(best[i]) * sum(goal["give"] for goal in goals[i + 1:stage + 1]) // 1000 for i in range(stage)]


# ---------------------------------------------------------------------------------------------- rows of the proof


def columns(model):
    """Every unknown with its box."""
    boxes = {("x", *cell): (0, u) for cell, u in model.u.items()}
    for c, dead in enumerate(model.dead):
        boxes["served.component", c] = 0, int(not dead)
    for r, components in model.components_of.items():
        boxes["served.request", r] = 0, int(not all(model.dead[c] for c in components))
    for (o, r), cells in model.cells_of_taking.items():
        boxes["takes_part", o, r] = 0, int(any(model.u[cell] for cell in cells))
        boxes["helps", model.offers[o]["provider"], r] = 0, 1
    boxes.update((("runs", r, t), (0, 1)) for r in model.components_of for t in model.periods)
    for c, r in enumerate(model.request_of):
        if model.requests[r]["step"] in ("record_keeping", "legislation"):
            boxes.update((("arrived", c, t), (0, 1)) for t in model.periods)
    if model.goal("completed"):
        boxes.update((("full.component", c), (0, 1)) for c in range(len(model.components)))
        boxes.update((("full.request", r), (0, 1)) for r in model.components_of)
    boxes.update((("share", side, k), (0, 100)) for side in model.equity_asked for k in range(10))
    if model.goal("synergy"):
        boxes.update((("both", s), (0, 1)) for s in model.families["tracing"] if s in model.families["stockpile"])
    if model.goal("stability"):
        for i, (c, o, t, quantity) in enumerate(model.baseline):
            boxes["kept", i] = 0, min(quantity, model.u.get((c, o, t), 0))
    if model.goal("economy"):
        largest = sum(component["unit_cost"] * component["outstanding"]
                      * max((model.excess[pair[0]] for pair in component["pairs"]), default=0)
                      for component in model.components)
        boxes["delivery",] = 0, rounded_up(largest, 1000)
    return boxes


def goal_form(model, goal):
    """A goal as a sum over unknowns: column → coefficient."""
    name = goal["goal"]
    if name == "coverage":
        return {("x", *cell): score for cell, score in model.score.items()}
    if name == "completed":
        return {("full.request", r): model.requests[r]["priority_weight"] for r in model.components_of}
    if name == "equity":
        return {("share", side, k): 10 - k for side in model.equity_asked for k in range(10)}
    if name == "synergy":
        both = {("both", s): 10 for s in model.families["tracing"] if s in model.families["stockpile"]}
        return {**both, **{("takes_part", *taking): 1 for taking in model.shared_targets}}
    if name == "sustainability":
        return {**{("served.request", r): request["sustainability"] for r, request in enumerate(model.requests)},
                **{("served.component", c): component["sustainability_points"]
                   for c, component in enumerate(model.components)}}
    if name == "stability":
        return {("kept", i): model.unit_cost[c] for i, (c, _, _, _) in enumerate(model.baseline)}
    helps = {("helps", model.offers[o]["provider"], r): -goal["provider_cost"] for o, r in model.cells_of_taking}
    return {**helps, ("delivery",): -1}


def rows(model):
    """Every row the problem has: (name, entities…) → (coefficient of each column, right side, whether it is equal)."""
    table = {}
    served, served_request = (lambda c: ("served.component", c)), (lambda r: ("served.request", r))
    quantities = lambda weights: {("x", *cell): weight for cell, weight in weights.items()}

    def put(name, entities, terms, right=0, equal=False):
        table[(name, *entities)] = terms, right, equal

    for (name, *entities), (weights, most) in model.ceilings.items():
        switch = {"demand.total": served(entities[0]), "demand.period": served(entities[0]),
                  "ticket.most": ("takes_part", *entities)}.get(name)
        terms = quantities(weights)
        put(name, entities, {**terms, switch: -most} if switch else terms, 0 if switch else most)
    for (name, *entities), (weights, least) in model.all_or_nothing.items():
        switch = served(entities[0]) if name == "minimum" else ("takes_part", *entities)
        put(name, entities, {switch: least, **quantities({cell: -weight for cell, weight in weights.items()})})
    for cell, u in model.u.items():
        c, o, t = cell
        r = model.request_of[c]
        for name, switch in (("demand.link", served(c)), ("takes_part.link", ("takes_part", o, r)),
                             ("runs.link", ("runs", r, t))):
            put(name, cell, {("x", *cell): 1, switch: -u})
        if model.enforces("precedence") and model.before[c]:
            put("precedence", cell, {("x", *cell): 1, **{("arrived", d, t): -u for d in model.before[c]}})
    for c, component in enumerate(model.components):
        put("demand.request", [c], {served(c): 1, served_request(model.request_of[c]): -1})
        if model.enforces("bundle"):
            for d in component["requires"]:
                put("bundle", [c, d], {served(c): 1, served(d): -1})
        if model.requests[model.request_of[c]]["step"] in ("record_keeping", "legislation"):
            for t in model.periods:
                until = {cell: -1 for cell in model.cells_of_component.get(c, ()) if cell[2] <= t}
                put("arrived", [c, t], {("arrived", c, t): 1, **quantities(until)})
    for (o, r), cells in model.cells_of_taking.items():
        taking = "takes_part", o, r
        put("takes_part.some", [o, r], {taking: 1, **quantities(dict.fromkeys(cells, -1))})
        put("helps.link", [o, r], {taking: 1, ("helps", model.offers[o]["provider"], r): -1})
    for o, offer in enumerate(model.offers):
        if offer["max_requests"] is not None and model.enforces("reach"):
            put("reach", [o], {("takes_part", o, r): 1 for p, r in model.cells_of_taking if p == o}, offer["max_requests"])
    helping = grouped({(model.offers[o]["provider"], r) for o, r in model.cells_of_taking}, lambda pair: pair[1])
    for r, request in enumerate(model.requests):
        components = model.components_of[r]
        put("demand.some", [r], {served_request(r): 1, **{served(c): -1 for c in components}})
        if request["max_providers"] is not None and model.enforces("fragmentation"):
            put("fragmentation", [r], {("helps", *pair): 1 for pair in helping.get(r, ())}, request["max_providers"])
        if model.enforces("sustainability"):
            missing = request["sustainability_threshold"] - request["sustainability"]
            points = {served(c): -model.components[c]["sustainability_points"] for c in components}
            put("sustainability", [r], {served_request(r): missing, **points})
        if model.enforces("obstacle"):
            for i, obstacle in enumerate(request["obstacles"]):
                cure = {} if obstacle["mitigation"] is None else {served(obstacle["mitigation"]): -1}
                put("obstacle", [r, i], {served_request(r): 1, **cure})
    if model.enforces("choice"):
        for group in model.choices.values():
            put("choice", [group[0]], {served(c): 1 for c in group}, 1)
    if model.enforces("absorption"):
        for s, state in enumerate(model.states):
            for entry in state["absorption"]:
                if entry["requests"] is not None:
                    runs = {("runs", r, entry["period"]): 1 for r in model.components_of if model.requests[r]["state"] == s}
                    put("absorption.requests", [s, entry["period"]], runs, entry["requests"])
    if model.enforces("package"):
        for group in model.packages.values():
            for r in group[1:]:
                put("package", [r], {served_request(r): 1, served_request(group[0]): -1}, 0, True)
    for i, (c, o, t, quantity) in enumerate(model.locks):
        put("locked", [i], {("x", c, o, t): 1}, quantity, True)
    goal_rows(model, put, quantities)
    return table


def goal_rows(model, put, quantities):
    """The rows that define the unknowns of the goals the problem has."""
    if model.goal("completed"):
        for c, component in enumerate(model.components):
            arriving = dict.fromkeys(model.cells_of_component.get(c, ()), -1)
            put("full.component", [c], {("full.component", c): component["outstanding"], **quantities(arriving)})
        for r, components in model.components_of.items():
            for choice, group in grouped(components, lambda c: model.components[c]["choice"]).items():
                if choice is None:
                    for c in group:
                        put("full.request", [c], {("full.request", r): 1, ("full.component", c): -1})
                else:
                    put("full.choice", [r, group[0]], {("full.request", r): 1, **{("full.component", c): -1 for c in group}})
    for side, asked in model.equity_asked.items():
        cost = {cell: -1000 * model.cost(cell) for cell in model.cells
                if model.equity_of_state.get(model.state_of[cell[0]]) == side}
        put("equity", [side], {**{("share", side, k): asked for k in range(10)}, **quantities(cost)})
    if model.goal("synergy"):
        for s in model.families["tracing"]:
            if s in model.families["stockpile"]:
                for family in ("tracing", "stockpile"):
                    members = {("served.component", c): -1 for c in model.families[family][s]}
                    put(f"synergy.{family}", [s], {("both", s): 1, **members})
    if model.goal("stability"):
        for i, (c, o, t, _) in enumerate(model.baseline):
            put("stability", [i], {("kept", i): 1, **({("x", c, o, t): -1} if (c, o, t) in model.draw else {})})
    if model.goal("economy"):
        extra = {cell: model.cost(cell) * model.excess[cell[1]] for cell in model.cells}
        put("economy", [], {("delivery",): -1000, **quantities(extra)})


# ---------------------------------------------------------------------------------------------- proof


class Refused(Exception):
    """A proof that shows nothing."""


# Where a node stands: boxes that the splits above have narrowed, the goal as a sum over unknowns, the greatest common
# divisor of what a step of each is worth, the rows that hold earlier goals, and the cuts (None: none were given).
Branch = namedtuple("Branch", "narrowed form step rows_held cuts", defaults=[None])


class Prover:
    """What proofs of one problem are recounted with."""

    def __init__(self, model):
        self.model, self.rows, self.boxes = model, rows(model), columns(model)
        self.forms = [goal_form(model, goal) for goal in model.goals]
        # Units in a step of the unknowns that are not counted one by one: x of an indivisible component is 0 or u.
        self.steps = {("x", *cell): u for cell, u in model.u.items()
                      if u > 1 and not model.components[cell[0]]["divisible"]}

    def step(self, column):
        return self.steps.get(column, 1)

    def bound(self, proof, stage, held):
        """The bound a tree proves for the goal of a stage; None where it shows that there is no plan."""
        form = self.forms[stage]
        rows_held = {("held", i): ({column: -value for column, value in self.forms[i].items()}, -least, False)
                     for i, least in enumerate(held)}
        # An unknown that is 0 in every plan has no say in what values the goal can take.
        step = math.gcd(*(value * self.step(column) for column, value in form.items() if self.boxes[column] != (0, 0))) or 1
        return self.node(proof, Branch({}, form, step, rows_held))

    def shows_no_plan(self, proof):
        """Whether a tree shows that there is no plan; leaves that fail to show it for their branch are refused."""
        return self.node(proof, Branch({}, {}, 1, {})) is None

    def node(self, proof, branch):
        """The bound of a branch; None where the node shows that it holds no plan."""
        (name, body), = proof.items()
        return getattr(self, name)(body, branch)

    def leaf(self, body, branch):
        total = self.scaled_bound(body, branch, branch.form)
        return branch.step * (total // (branch.step << body["scale"]))

    def infeasible(self, body, branch):
        total = self.scaled_bound(body, branch, {})
        if total >= 0:
            raise Refused(f"an infeasible leaf reaches {total} / 2^{body['scale']}, which is not below 0")

    def split(self, body, branch):
        column = (body["column"][0], *body["column"][1])
        if column not in self.boxes:
            raise Refused(f"{shown(column)} is no unknown of the problem")
        below, above = self.divided(column, body["at"], branch.narrowed.get(column, self.boxes[column]))
        sides = [self.node(body[side], branch._replace(narrowed={**branch.narrowed, column: box}))
                 for side, box in (("below", below), ("above", above))]
        return max((side for side in sides if side is not None), default=None)

    def divided(self, column, at, box):
        """The two sides of a box; x of an indivisible component is 0 or u, with nothing between."""
        low, high = box
        if not low <= at < high:
            raise Refused(f"{shown(column)} lies between {low} and {high}: it cannot be split at {at}")
        if column[0] == "x" and not self.model.components[column[1]]["divisible"]:
            return (low, low), (high, high)
        return (low, at), (at + 1, high)

    def strengthened(self, body, branch):
        """The bound of a tree whose leaves may use cuts as well; only at the root."""
        if branch.narrowed or branch.cuts is not None:
            raise Refused("cuts stand at the root of a proof alone")
        cuts = [self.cut(i, cut, branch.rows_held) for i, cut in enumerate(body["cuts"])]
        return self.node(body["proof"], branch._replace(cuts=cuts))

    def cut(self, position, cut, rows_held):
        """A row by rounding, from its recipe: coefficients of steps, and the right side."""
        divisor = cut["divisor"]
        if divisor < 2:
            raise Refused(f"cut[{position}] has the divisor {divisor}, at least 2")
        columns = [(name, *entities) for name, entities in cut["from_above"]]
        for column in columns:
            if column not in self.boxes:
                raise Refused(f"{shown(column)} is no unknown of the problem")
        places = [(COLUMNS.index(name), entities) for name, entities in cut["from_above"]]
        if any(after <= before for before, after in zip(places, places[1:])):
            raise Refused(f"cut[{position}] counts columns from above that are out of order or given twice")
        used = self.named_rows(cut["rows"], rows_held, ())
        alpha, beta = defaultdict(int), 0
        for (terms, right, _), multiplier in used:
            beta += right * multiplier
            for column, coefficient in terms.items():
                alpha[column] += coefficient * multiplier * self.step(column)

        def turned(beta):
            # x counted from above is most − x: its coefficient changes sign, its most goes to the right.
            for column in columns:
                beta -= alpha[column] * (self.boxes[column][1] // self.step(column))
                alpha[column] = -alpha[column]
            return beta

        beta = turned(beta)
        rest = beta % divisor
        rounded = lambda value: value // divisor * (divisor - rest) + max(0, value % divisor - rest)
        beta = rounded(beta)
        for column in alpha:
            alpha[column] = rounded(alpha[column])
        beta = turned(beta)
        for (terms, right, equal), multiplier in used:
            if not equal:
                # A slack t = right − terms weighs F(multiplier); put in, it leaves with its sign turned.
                factor = rounded(multiplier)
                beta -= factor * right
                for column, coefficient in terms.items():
                    alpha[column] -= factor * coefficient * self.step(column)
        return alpha, beta

    def named_rows(self, multipliers, rows_held, cuts):
        """The rows behind a list of multipliers, in order and each once; a cut's have columns in steps, others in units."""
        found, before = [], None
        for name, entities, multiplier in multipliers:
            key = (name, *entities)
            if name == "cut" and len(entities) == 1 and entities[0] < len(cuts):
                row = (*cuts[entities[0]], False)
            elif key in self.rows or key in rows_held:
                row = self.rows[key] if key in self.rows else rows_held[key]
            else:
                raise Refused(f"{shown(key)} is no row of the problem")
            place = ROWS.index(name), entities
            if before is not None and place <= before:
                raise Refused(f"{shown(key)} is out of order, or has two multipliers")
            before = place
            found.append((row, multiplier))
        return found

    def scaled_bound(self, leaf, branch, form):
        """2^scale · U, every unknown counted in steps."""
        scale = leaf["scale"]
        if scale > MOST_SCALE:
            raise Refused(f"a scale of {scale}, at most {MOST_SCALE}")
        remainder = {column: (value << scale) * self.step(column) for column, value in form.items()}
        total = 0
        used = self.named_rows(leaf["multipliers"], branch.rows_held, branch.cuts or ())
        for (name, entities, _), ((terms, right, equal), multiplier) in zip(leaf["multipliers"], used):
            if multiplier < 0 and not equal:
                raise Refused(f"{shown((name, *entities))} has the multiplier {multiplier}, which is below 0")
            total += right * multiplier
            for column, coefficient in terms.items():
                amount = coefficient * multiplier * (1 if name == "cut" else self.step(column))
                remainder[column] = remainder.get(column, 0) - amount
        for column, rest in remainder.items():
            if rest:
                low, high = branch.narrowed.get(column, self.boxes[column])
                step = self.step(column)
                total += max(rest * (low // step), rest * (high // step))
        return total


def shown(key):
    return f"{key[0]}[{named(key[1:])}]"


# ---------------------------------------------------------------------------------------------- run file


def gap_between(best, bound):
    """(bound − best) / max(1, |best|) in thousandths of a permille, rounded up."""
    return min(MOST_GAP, rounded_up(max(0, bound - best) * 1_000_000, max(1, abs(best))))


def thousandths(gap):
    return round(gap * 1000)


def run_findings(run, problem=None, all_plans=None, numbers=None):
    """Everything wrong with a run; `problem` stands in where the run file does not embed it.

    With `all_plans` (a number of steps), best, bound and status are compared with every plan there is as well. What was
    counted on the way is put into `numbers`.
    """
    found, numbers = [], {} if numbers is None else numbers
    kind(dict, "object")(run, "run")
    run, problem = copied(run), copied(problem)
    digest = sha256({key: value for key, value in run.items() if key != "digest"})
    embedded = run.get("problem")
    if (embedded is None) == (run.get("problem_file") is None):
        raise Unreadable("run: problem and problem_file: exactly one of them stands in a run file")
    problem = problem if embedded is None else embedded
    if problem is None:
        raise Unreadable("run: its problem is in a file of its own, which is not here")
    problem_hash = sha256(problem)
    PROBLEM(problem, "problem")
    RUN(run, "run")
    if run["software"]["rules_version"] != 1:
        found.append(f"software: rules of version {run['software']['rules_version']}, recounted by those of version 1")
    if run["digest"] != digest:
        found.append(f"digest: {run['digest']:.64}, the content has {digest}")
    if run["problem_sha256"] != problem_hash:
        found.append(f"problem_sha256: {run['problem_sha256']:.64}, the problem has {problem_hash}")
    faults = problem_faults(problem)
    if faults:
        return found + faults
    model = Model(problem)
    if run["outcome"]["status"] == "infeasible":
        found += infeasible_findings(model, run["outcome"])
    else:
        found += outcome_findings(model, run["outcome"], run["settings"], numbers)
    if all_plans is not None:
        found += enumeration_findings(model, run["outcome"], all_plans)
    return found


def infeasible_findings(model, outcome):
    """A run without a plan carries nothing but the proof that there is none."""
    certificate = outcome["certificate"]
    found = [f"{name}: not empty in a run without a plan" for name, value in
             (("plan", outcome["plan"]), ("goals", outcome["goals"]), ("certificate.stages", certificate["stages"])) if value]
    found += [f"totals.{name}: {outcome['totals'][name]}, without a plan 0" for name in TOTALS if outcome["totals"][name]]
    if certificate["infeasible"] is None:
        return found + ["certificate.infeasible: missing"]
    try:
        if not Prover(model).shows_no_plan(certificate["infeasible"]):
            found.append("certificate.infeasible: not every leaf shows that its branch holds no plan")
    except Refused as refusal:
        found.append(f"certificate.infeasible: {refusal}")
    return found


def outcome_findings(model, outcome, settings, numbers):
    """Plan, goals, totals, status and the proofs of a run that has a plan."""
    results, stages = outcome["goals"], outcome["certificate"]["stages"]
    found = [] if outcome["certificate"]["infeasible"] is None else ["certificate.infeasible: the run has a plan"]
    x, faults = plan_cells(model, outcome["plan"], "plan")
    found += faults + [f"plan: {breach}" for breach in plan_breaches(model, x)]
    numbers["totals"] = totals_of(model, x, len(outcome["plan"]))
    for name, count in numbers["totals"].items():
        if outcome["totals"][name] != count:
            found.append(f"totals.{name}: {outcome['totals'][name]}, the plan has {count}")
    names = [goal["goal"] for goal in model.goals]
    if [result["goal"] for result in results] != names or len(stages) != len(names):
        return found + [f"goals: one result and one stage for each of {', '.join(names)}, in that order"]
    values, best = goal_values(model, x), [result["best"] for result in results]
    prover = Prover(model)
    numbers["goals"] = [{"goal": name, "value": value, "proven": None} for name, value in zip(names, values)]
    for k, (result, stage) in enumerate(zip(results, stages)):
        found += [f"goals[{k}] {names[k]}: {finding}" for finding in stage_findings(
            prover, k, result, stage, values, held_values(model.goals, best, k), numbers["goals"][k])]
    # The final plan is that of the last stage, and keeps what that stage holds even where a witness stands for it.
    found += held_breaches(values, held_values(model.goals, best, len(names) - 1), "plan")
    status = judged(results[0], settings)
    if outcome["status"] != status:
        found.append(f"status: {outcome['status']}, best and bound of the first goal give {status}")
    return found


def stage_findings(prover, k, result, stage, values, held, numbers):
    """What is wrong with one goal's result and proof."""
    found, best, bound = [], result["best"], result["bound"]
    if result["value"] != values[k]:
        found.append(f"value: {result['value']}, the plan has {values[k]}")
    if stage["witness"] is None:
        # A later stage may have come across a plan that is better for this goal as well; the last has none behind it.
        last = k + 1 == len(values)
        reached = (values[k] == best or (values[k] > best and not last)) and not held_breaches(values, held, "plan")
    else:
        x, faults = plan_cells(prover.model, stage["witness"], "witness")
        witnessed = goal_values(prover.model, x)
        faults += [f"witness: {breach}" for breach in plan_breaches(prover.model, x)]
        faults += held_breaches(witnessed, held, "witness")
        found += faults
        reached = witnessed[k] == best and not faults
    if not reached:
        found.append(f"best: {best} is reached neither by the plan nor by a witness")
    if bound < best:
        found.append(f"bound: {bound} is below best {best}")
    gap = gap_between(best, bound)
    if thousandths(result["gap_permille"]) != gap:
        found.append(f"gap_permille: {result['gap_permille']}, best and bound give {gap / 1000}")
    try:
        proven = numbers["proven"] = prover.bound(stage["proof"], k, held)
        if proven is not None and bound < proven:
            found.append(f"bound: {bound}, the proof gives {proven}")
    except Refused as refusal:
        found.append(f"proof: {refusal}")
    return found


def held_breaches(values, held, where):
    """Earlier goals that fall below what they are held at."""
    return [f"{where}: held[{i}]: {value}, at least {least}" for i, (value, least) in enumerate(zip(values, held))
            if value < least]


def judged(first, settings):
    """The status that follows from the first goal."""
    if first["bound"] == first["best"]:
        return "optimal"
    gap = gap_between(first["best"], first["bound"])
    return "within_gap" if gap <= thousandths(settings["gap_permille"]) else "limit"


def totals_of(model, x, matches):
    """Counts and sums of a plan."""
    facts = facts_of(model, x)
    return {"matches": matches, "requests_served": len(facts.requests),
            "requests_completed": len(full_requests(model, full_components(model, x))),
            "components_served": len(facts.components),
            "cost": sum(model.cost(cell) * quantity for cell, quantity in x.items())}


# ---------------------------------------------------------------------------------------------- complete enumeration


def reachable(model, limit=MOST_STEPS):
    """Goal values of all plans there are (each once), and how many plans. Raises TooLarge after `limit` steps.

    Components are decided one after the other. Sums that can only grow stop a branch as soon as they pass their
    limit; what is yes or no in a plan follows from the cells in use, so it is judged once for every set of those.
    """
    growing, final, amounts = [], [], []

    def meter(weights):
        amounts.append(weights)
        return len(amounts) - 1

    for key, (weights, limit_of) in model.ceilings.items():
        if key[0].startswith("demand") or sum(max(0, w) * model.u[cell] for cell, w in weights.items()) <= limit_of:
            continue
        if all(weight >= 0 for weight in weights.values()):
            growing.append((meter(weights), limit_of))
        else:
            final.append((meter(weights), limit_of))
    least = [(meter(weights), amount) for key, (weights, amount) in model.all_or_nothing.items() if key[0] != "minimum"]
    read = readers(model, meter)
    most = [math.inf] * len(amounts)
    for position, limit_of in growing:
        most[position] = limit_of
    bit_of = {cell: 1 << position for position, cell in enumerate(model.cells)}
    options = component_options(model, amounts, bit_of, limit)
    if any(not choices for choices in options):
        return set(), 0
    if sum(len(choices) > 1 for choices in options) > 500:
        raise TooLarge("more components than an enumeration can take")
    options.sort(key=len)
    sums, vectors, judged_facts, judged_full = [0] * len(amounts), set(), {}, {}
    steps = plans = 0

    def leaf(support, full):
        nonlocal plans
        if support not in judged_facts:
            cells = [cell for cell in model.cells if support & bit_of[cell]]
            facts = facts_of(model, cells)
            judged_facts[support] = None if fact_breaches(model, facts, cells) else facts
        facts = judged_facts[support]
        if facts is None or any(sums[position] > limit_of for position, limit_of in final) \
                or any(0 < sums[position] < amount for position, amount in least):
            return
        if full not in judged_full:
            members = {c for c in range(len(model.components)) if full >> c & 1}
            judged_full[full] = sum(model.requests[r]["priority_weight"] for r in full_requests(model, members))
        plans += 1
        vectors.add(tuple([reader(sums, facts, judged_full[full]) for reader in read]))

    def decide(position, support, full):
        nonlocal steps
        if position == len(options):
            return leaf(support, full)
        for bits, met, changes in options[position]:
            steps += 1
            if steps > limit:
                raise TooLarge(f"more than {limit} steps")
            fits = True
            for place, amount in changes:
                sums[place] += amount
                if sums[place] > most[place]:
                    fits = False
            if fits:
                decide(position + 1, support | bits, full | met)
            for place, amount in changes:
                sums[place] -= amount

    decide(0, 0, 0)
    return vectors, plans


def readers(model, meter):
    """How the value of each goal is read from sums, facts and the weight of completed requests."""
    read = []
    for goal in model.goals:
        name = goal["goal"]
        if name == "coverage":
            read.append(lambda sums, facts, met, at=meter(model.score): sums[at])
        elif name == "completed":
            read.append(lambda sums, facts, met: met)
        elif name == "equity":
            sides = [(meter({cell: model.cost(cell) for cell in model.cells
                             if model.equity_of_state.get(model.state_of[cell[0]]) == side}), asked)
                     for side, asked in model.equity_asked.items()]
            read.append(lambda sums, facts, met, sides=sides: sum(equity_points(sums[at], asked) for at, asked in sides))
        elif name == "synergy":
            read.append(remembered(lambda facts: synergy(model, facts)))
        elif name == "sustainability":
            read.append(remembered(lambda facts: lasting(model, facts)))
        elif name == "stability":
            earlier = {(c, o, t): (model.unit_cost[c], quantity) for c, o, t, quantity in model.baseline}
            read.append(lambda sums, facts, met, at=meter(Kept(earlier)): sums[at])
        else:
            extra = meter({cell: model.cost(cell) * model.excess[cell[1]] for cell in model.cells})
            read.append(lambda sums, facts, met, goal=goal, at=extra: economy(goal, len(facts.helps), sums[at]))
    return read


def remembered(value_of):
    """A reader whose value depends on the facts alone: counted once for each."""
    known = {}

    def read(sums, facts, met):
        if id(facts) not in known:
            known[id(facts)] = value_of(facts)
        return known[id(facts)]
    return read


class Kept(dict):
    """Cells of an earlier plan with cost and quantity: the one sum that is not proportional to x."""


def component_options(model, amounts, bit_of, limit):
    """For every component the ways it can be served: (cells in use, whether it is full, what each sum gains)."""
    locked = {(c, o, t): quantity for c, o, t, quantity in model.locks}
    options, steps = [], 0
    for c, component in enumerate(model.components):
        cells = model.cells_of_component.get(c, ())
        ranges = []
        for cell in cells:
            u = model.u[cell]
            allowed = range(u + 1) if component["divisible"] else sorted({0, u})
            ranges.append([q for q in (locked[cell],) if q in allowed] if cell in locked else allowed)
        choices, taken = [], {}

        def serve(position, left):
            nonlocal steps
            steps += 1
            if steps > limit // 20:
                raise TooLarge("a component can be served in too many ways")
            if position == len(cells):
                given = component["outstanding"] - left
                if given == 0 or given >= component["minimum"]:
                    choices.append(option(dict(taken), left == 0))
                return
            cell = cells[position]
            room = left if component["period_max"] is None else min(left, component["period_max"] - sum(
                quantity for other, quantity in taken.items() if other[2] == cell[2]))
            for quantity in itertools.takewhile(lambda quantity: quantity <= room, ranges[position]):
                if quantity:
                    taken[cell] = quantity
                serve(position + 1, left - quantity)
                taken.pop(cell, None)

        def option(x, full):
            changes = []
            for place, weights in enumerate(amounts):
                if isinstance(weights, Kept):
                    gain = sum(cost * min(x.get(cell, 0), most) for cell, (cost, most) in weights.items())
                else:
                    gain = weighed(weights, x)
                if gain:
                    changes.append((place, gain))
            return sum(bit_of[cell] for cell in x), int(full) << c, changes

        serve(0, component["outstanding"])
        options.append(choices)
    return options


def best_values(goals, vectors):
    """The best of every goal in order, each earlier one held at its own best less what the later may take."""
    best = []
    for k in range(len(goals)):
        held = held_values(goals, best, k)
        best.append(max(vector[k] for vector in vectors if not held_breaches(vector, held, "")))
    return best


def enumeration_findings(model, outcome, limit):
    """Where a run's best, bound or status cannot be, given all plans there are."""
    vectors, plans = reachable(model, limit)
    if (outcome["status"] == "infeasible") != (plans == 0):
        return [f"status: {outcome['status']}, and there are {plans} plans"]
    found, best = [], [result["best"] for result in outcome["goals"]]
    for k, result in enumerate(outcome["goals"]):
        held = held_values(model.goals, best, k)
        true_best = max((vector[k] for vector in vectors if not held_breaches(vector, held, "")), default=None)
        if true_best is None or result["best"] > true_best:
            found.append(f"goals[{k}]: best {result['best']}, no plan reaches more than {true_best}")
        elif result["bound"] < true_best:
            found.append(f"goals[{k}]: bound {result['bound']}, a plan reaches {true_best}")
    return found


# ---------------------------------------------------------------------------------------------- commands


def sane_model(problem):
    """A model, or what is wrong with the problem."""
    problem = copied(problem)
    PROBLEM(problem, "problem")
    faults = problem_faults(problem)
    return (None, faults) if faults else (Model(problem), [])


def brute_force(problem, limit):
    """The best value of every goal, from all plans there are."""
    model, faults = sane_model(problem)
    if faults:
        return None, faults
    vectors, plans = reachable(model, limit)
    best = best_values(model.goals, vectors) if plans else []
    named_best = [{"goal": goal["goal"], "best": value} for goal, value in zip(model.goals, best)]
    return {"feasible": plans > 0, "plans": plans, "best": named_best}, []


def answer(line, limit):
    """The verdict on one line of input."""
    try:
        asked = parse(line)
        kind(dict, "object")(asked, "line")
        if "run" in asked:
            steps, numbers = limit if asked.get("brute_force") else None, {}
            findings = run_findings(asked["run"], asked.get("problem"), steps, numbers)
            return {**verdict(findings), "numbers": numbers}
        if "problem" not in asked:
            raise Unreadable("a line holds a run or a problem")
        result, faults = brute_force(asked["problem"], limit)
        if faults:
            return verdict(faults)
        values = [entry["best"] for entry in result["best"]] if result["feasible"] else None
        wrong = "expect" in asked and asked["expect"] != values
        return {**verdict([f"expected {asked['expect']}, all plans give {values}"] if wrong else []), **result}
    except Unreadable as fault:
        return {"verdict": "unreadable", "findings": [str(fault)]}
    except TooLarge as fault:
        return {"verdict": "too_large", "findings": [str(fault)]}


def verdict(findings):
    return {"verdict": "refused" if findings else "accepted", "findings": findings}


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return parse(file.read())
    except (OSError, UnicodeDecodeError) as fault:
        raise Unreadable(f"{path}: {fault}") from None


def beside(path, run):
    """The problem of a run that names a file; only one in the run's own folder or below is read."""
    name = run.get("problem_file") if type(run) is dict else None
    if name is None:
        return None
    if type(name) is not str or os.path.isabs(name) or ".." in name.replace("\\", "/").split("/"):
        raise Unreadable(f"problem_file: {name!r:.60} is no file beside the run")
    return read(os.path.join(os.path.dirname(path), name))


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Recounts needmatch runs from the published rules alone.")
    parser.add_argument("run", nargs="?", help="run file")
    parser.add_argument("--problem", help="problem file")
    parser.add_argument("--brute-force", action="store_true", help="visit all plans of the problem")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line from standard input")
    parser.add_argument("--limit", type=int, default=MOST_STEPS, help="steps of an enumeration (%(default)s)")
    chosen = parser.parse_args(arguments)
    if (chosen.run is not None) + chosen.jsonl + (chosen.problem is not None) != 1 \
            or (chosen.problem is not None) and not chosen.brute_force:
        parser.error("give a run file, or --problem with --brute-force, or --jsonl")
    try:
        if chosen.jsonl:
            for line in sys.stdin:
                if line.strip():
                    print(json.dumps(answer(line, chosen.limit), ensure_ascii=False), flush=True)
            return 0
        if chosen.problem is not None:
            result, findings = brute_force(read(chosen.problem), chosen.limit)
            if result is not None:
                print(json.dumps(result))
        else:
            run = read(chosen.run)
            steps = chosen.limit if chosen.brute_force else None
            findings = run_findings(run, beside(chosen.run, run), steps)
            if not findings:
                print("accepted")
        for finding in findings:
            print(finding)
        return 1 if findings else 0
    except (Unreadable, TooLarge) as fault:
        print(fault, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
