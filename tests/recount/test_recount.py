"""Tests of the recount: against the rules said a second time (`naive.py`), against every way to break a rule, and
against proofs and files that must be refused. Run in this folder: `python3 -m unittest`.
"""

import contextlib
import copy
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import unittest
from fractions import Fraction
from math import ceil

import naive
import recount
from random_problems import GOALS, random_problem

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = 200


def model_of(problem):
    recount.PROBLEM(problem, "problem")
    faults = recount.problem_faults(problem)
    assert not faults, faults
    return recount.Model(problem)


def matches(x):
    return [[*cell, quantity] for cell, quantity in sorted(x.items())]


def leaf(*multipliers, scale=0, name="leaf"):
    return {name: {"scale": scale, "multipliers": [list(entry) for entry in multipliers]}}


def split(column, at, below, above):
    return {"split": {"column": column, "at": at, "below": below, "above": above}}


# ------------------------------------------------------------------------------------------ what is tested with


def small_problem(*goals):
    """Two states, three components, two offers that serve all of them in two periods; no rule bites yet."""
    pairs = [[0, 0, 1, 1000, 5], [1, 0, 1, 1000, 3]]
    request = {"area": "A", "family": None, "step": None, "priority_weight": 2, "weight": 1000, "sustainability": 0,
               "sustainability_threshold": 0, "max_providers": None, "package": None, "sdg_targets": [], "obstacles": []}
    component = {"outstanding": 10, "minimum": 1, "divisible": True, "unit_cost": 4, "period_max": None,
                 "requires": [], "choice": None, "sustainability_points": 0, "pairs": pairs}
    offer = {"quantity": 100, "per_period": None, "ticket_min": None, "ticket_max": None, "state_max": None,
             "max_requests": None, "channel": None, "delivery_permille": 1000, "unit_value": None, "pledge": False,
             "sdg_targets": []}
    return copy.deepcopy({
        "format": "needmatch-problem-1", "name": "small", "currency": "USD", "seed": 1, "periods": ["T0", "T1"],
        "states": [{"code": "S0", "regions": ["East"], "absorption": []}, {"code": "S1", "regions": ["West"], "absorption": []}],
        "providers": ["P0", "P1"],
        "requests": [{"id": "R0", "state": 0, **request}, {"id": "R1", "state": 1, **request}],
        "components": [{"id": "C0", "request": 0, **component}, {"id": "C1", "request": 0, **component},
                       {"id": "C2", "request": 1, **component}],
        "offers": [{"id": "O0", "provider": 0, **offer}, {"id": "O1", "provider": 1, **offer}],
        "channels": [], "regional_floors": [], "regional_ceilings": [],
        "rules": {}, "goals": [{"goal": goal, "give": 0, "by": "state", "provider_cost": 1000} for goal in goals or ["coverage"]],
        "locks": [], "baseline": []})


def changed(problem, *changes):
    """The problem with members set by path: ("offers.0.quantity", 5)."""
    for path, value in changes:
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        place = problem
        for step in way:
            place = place[step]
        place[last] = value
    return problem


def sealed(problem, outcome, gap=0.0):
    """A run file around an outcome."""
    run = {"format": "needmatch-run-1", "software": {"name": "needmatch", "version": "0", "rules_version": 1},
           "problem_sha256": recount.sha256(problem), "problem": problem,
           "settings": {"gap_permille": gap, "seconds": 1, "threads": 1}, "outcome": outcome}
    return resealed(run)


def resealed(run):
    run.pop("digest", None)
    run["digest"] = recount.sha256(run)
    return run


def outcome_of(problem, stage_plans, proofs, bounds=None, gap=0.0):
    """The outcome of stages: a plan that reached each goal's best, and a proof; a bound that is not given is proven."""
    model = recount.Model(problem)
    prover = recount.Prover(model)
    reached = [recount.goal_values(model, x) for x in stage_plans]
    best = [values[k] for k, values in enumerate(reached)]
    final = stage_plans[-1]
    results, stages = [], []
    for k, (goal, proof) in enumerate(zip(problem["goals"], proofs)):
        held = recount.held_values(problem["goals"], best, k)
        proven = prover.bound(proof, k, held) if bounds is None else bounds[k]
        bound = max(best[k], proven if proven is not None else best[k])
        results.append({"goal": goal["goal"], "best": best[k], "bound": bound,
                        "gap_permille": recount.gap_between(best[k], bound) / 1000, "value": reached[-1][k]})
        kept = reached[-1][k] >= best[k] and not recount.held_breaches(reached[-1], held, "")
        stages.append({"proof": proof, **({} if kept else {"witness": matches(stage_plans[k])})})
    status = recount.judged(results[0], {"gap_permille": gap})
    return {"status": status, "plan": matches(final), "goals": results,
            "totals": recount.totals_of(model, final, len(final)),
            "certificate": {"stages": stages}, "explanations": {}}


def optimal_run():
    """One component of 10 at a score of 5, and what proves that 50 is all there is."""
    problem = small_problem()
    problem["components"], problem["requests"] = problem["components"][:1], problem["requests"][:1]
    proof = leaf(["demand.total", [0], 5], ["demand.request", [0], 50])
    # 5·Σx − 50·served ≤ 0 and 50·served(c) − 50·served(r) ≤ 0 leave 50·served(r), at most 50.
    return sealed(problem, outcome_of(problem, [{(0, 0, 0): 10}], [proof]))


def random_leaf(rng, prover, held, name="leaf"):
    keys = list(prover.rows) + [("held", i) for i in range(held)]
    scale, multipliers = rng.choice([0, 1, 4, 10]), []
    chosen = rng.sample(keys, rng.randint(0, min(len(keys), rng.choice([2, 6, 30]))))
    for key in sorted(chosen, key=lambda key: (recount.ROWS.index(key[0]), key[1:])):
        equal = key in prover.rows and prover.rows[key][2]
        value = rng.randint(-4 if equal else 0, 6) * rng.choice([1, 1, 5]) << max(0, scale + rng.choice([-2, 0, 0]))
        multipliers.append([key[0], list(key[1:]), value])
    return leaf(*multipliers, scale=scale, name=name)


def random_tree(rng, prover, held, depth=3, narrowed=None):
    boxes = {**prover.boxes, **(narrowed or {})}
    wide = [column for column, (low, high) in boxes.items() if low < high]
    if depth == 0 or not wide or rng.random() < 0.4:
        return random_leaf(rng, prover, held)
    column = rng.choice(wide)
    at = rng.randint(boxes[column][0], boxes[column][1] - 1)
    sides = [random_tree(rng, prover, held, depth - 1, {**(narrowed or {}), column: box})
             for box in prover.divided(column, at, boxes[column])]
    return split([column[0], list(column[1:])], at, *sides)


def derived(model, x):
    """Every unknown as a plan's x give it, straight from the definitions."""
    components, requests, offers = model.components, model.requests, model.offers
    arrived = lambda c, until=99: sum(q for (d, _, t), q in x.items() if d == c and t <= until)
    values = {}
    for name, *entities in recount.columns(model):
        if name == "x":
            value = x.get(tuple(entities), 0)
        elif name == "served.component":
            value = arrived(entities[0]) > 0
        elif name == "served.request":
            value = any(components[c]["request"] == entities[0] for c, _, _ in x)
        elif name == "takes_part":
            value = any([o, components[c]["request"]] == entities for c, o, _ in x)
        elif name == "helps":
            value = any([offers[o]["provider"], components[c]["request"]] == entities for c, o, _ in x)
        elif name == "runs":
            value = any([components[c]["request"], t] == entities for c, _, t in x)
        elif name == "arrived":
            value = arrived(*entities) > 0
        elif name == "full.component":
            value = arrived(entities[0]) >= components[entities[0]]["outstanding"]
        elif name == "full.request":
            value = entities[0] in recount.full_requests(model, recount.full_components(model, x))
        elif name == "both":
            value = {"tracing", "stockpile"} <= {requests[components[c]["request"]]["family"] for c, _, _ in x
                                                 if model.state_of[c] == entities[0]}
        elif name == "kept":
            c, o, t, quantity = model.baseline[entities[0]]
            value = min(quantity, x.get((c, o, t), 0))
        elif name == "delivery":
            value = ceil(sum(Fraction(model.unit_cost[c] * q * model.excess[o], 1000) for (c, o, _), q in x.items()))
        else:
            side, k = entities
            cost = sum(model.unit_cost[c] * q for (c, _, _), q in x.items()
                       if model.equity_of_state.get(model.state_of[c]) == side)
            value = min(100, max(0, min(1000, 1000 * cost // model.equity_asked[side]) - 100 * k))
        values[(name, *entities)] = int(value)
    return values


class RandomCase(unittest.TestCase):
    def problems(self, rounds=ROUNDS, **limits):
        """Random problems; a failure names the seed that leads back to it."""
        for seed in range(rounds):
            rng = random.Random(seed)
            problem = random_problem(rng, **limits)
            with self.subTest(seed=seed):
                yield rng, problem, model_of(problem)


# ------------------------------------------------------------------------------------------ against the naive reading


class Enumeration(RandomCase):
    def test_the_same_plans_and_values_as_the_naive_reading(self):
        feasible = 0
        for _, problem, model in self.problems():
            plans = list(naive.all_plans(problem))
            vectors, number = recount.reachable(model)
            self.assertEqual(number, len(plans))
            self.assertEqual(vectors, {tuple(naive.goal_value(problem, goal, x) for goal in problem["goals"]) for x in plans})
            if plans:
                feasible += number > 1
                self.assertEqual(recount.best_values(model.goals, vectors), naive.best_in_order(problem, plans)[0])
            for x in plans:
                self.assertEqual(recount.plan_breaches(model, x), [])
        self.assertGreater(feasible, ROUNDS // 4)

    def test_every_plan_that_breaks_a_rule_is_told_by_that_rule(self):
        seen = set()
        for rng, problem, model in self.problems():
            for _ in range(20):
                x = {cell: rng.randint(1, model.components[cell[0]]["outstanding"])
                     for cell in model.cells if rng.random() < 0.5}
                found = {finding.split("[")[0].split(".")[0] for finding in recount.plan_breaches(model, x)}
                broken = naive.broken_rules(problem, x)
                # The box repeats what rules say; only parts of an indivisible component are told by it alone.
                self.assertEqual(found - {"box"}, broken - {"box"})
                self.assertLessEqual(broken, found)
                self.assertTrue(broken or not found, found)
                seen |= broken
        self.assertEqual(seen - {"box"}, set(recount.PLAN_RULES))

    def test_too_many_plans_are_refused(self):
        problem = small_problem()
        with self.assertRaises(recount.TooLarge):
            recount.reachable(model_of(problem), 1000)
        changed(problem, ("components.0.outstanding", 10**12), ("offers.0.quantity", 10**13))
        with self.assertRaises(recount.TooLarge):
            recount.reachable(model_of(problem))


class Rows(RandomCase):
    def test_rows_hold_exactly_for_the_plans_that_satisfy_the_rules(self):
        for rng, _, model in self.problems():
            table, boxes = recount.rows(model), recount.columns(model)
            for _ in range(20):
                x = {cell: rng.randint(1, u) for cell, u in model.u.items() if u and rng.random() < 0.5}
                values = derived(model, x)
                broken = {key[0] for key, (terms, right, equal) in table.items()
                          if (amount := sum(a * values[column] for column, a in terms.items())) > right
                          or equal and amount != right}
                outside = any(not low <= values[column] <= high for column, (low, high) in boxes.items())
                found = {finding.split("[")[0] for finding in recount.plan_breaches(model, x)}
                self.assertEqual(bool(found - {"box"}), bool(broken), (found, broken))
                self.assertLessEqual(found - {"box"}, broken)
                if not found:
                    self.assertFalse(outside)
                    for goal, value in zip(model.goals, recount.goal_values(model, x)):
                        self.assertEqual(value, sum(a * values[column] for column, a in recount.goal_form(model, goal).items()))

    def test_every_kind_of_row_occurs(self):
        kinds = set()
        for _, _, model in self.problems():
            kinds |= {key[0] for key in recount.rows(model)}
        self.assertEqual(kinds, set(
            "demand.total demand.link demand.period demand.request demand.some minimum capacity.total capacity.period "
            "takes_part.link takes_part.some ticket.least ticket.most state_limit reach helps.link fragmentation bundle "
            "choice sustainability obstacle absorption.amount absorption.requests runs.link channel regional_floor "
            "regional_ceiling package precedence arrived locked full.component full.request full.choice equity "
            "synergy.tracing synergy.stockpile stability economy".split()))


class Soundness(RandomCase):
    def test_no_plan_passes_what_any_tree_proves(self):
        tight = 0
        for rng, problem, model in self.problems():
            vectors, number = recount.reachable(model)
            if not number:
                continue
            prover, best = recount.Prover(model), recount.best_values(model.goals, vectors)
            for k in range(len(best)):
                held = recount.held_values(model.goals, best, k)
                for _ in range(10):
                    bound = prover.bound(random_tree(rng, prover, k), k, held)
                    self.assertIsNotNone(bound)
                    self.assertGreaterEqual(bound, best[k])
                    tight += bound == best[k]
        self.assertGreater(tight, 50)

    def test_no_plan_is_cut_off_by_a_cut(self):
        biting = 0
        for rng, problem, model in self.problems(most_cells=4):
            prover = recount.Prover(model)
            plans = [derived(model, x) for x in list(naive.all_plans(problem))[:60]]
            rows_held, keys = {}, sorted(prover.rows, key=lambda key: (recount.ROWS.index(key[0]), key[1:]))
            for _ in range(20):
                chosen = [key for key in keys if rng.random() < 4 / len(keys)]
                above = [column for column in prover.boxes if rng.random() < 3 / len(prover.boxes)]
                above.sort(key=lambda column: (recount.COLUMNS.index(column[0]), column[1:]))
                recipe = {"rows": [[key[0], list(key[1:]), rng.randint(-4, 4)] for key in chosen],
                          "from_above": [[column[0], list(column[1:])] for column in above], "divisor": rng.randint(2, 12)}
                alpha, beta = prover.cut(0, recipe, rows_held)
                for values in plans:
                    reached = sum(a * (values[column] // prover.step(column)) for column, a in alpha.items())
                    self.assertLessEqual(reached, beta)
                    biting += reached == beta and any(alpha.values())
        self.assertGreater(biting, 500)

    def test_no_infeasible_leaf_stands_where_a_plan_is(self):
        stood = fell = 0
        for rng, problem, model in self.problems(most_cells=4):
            prover = recount.Prover(model)
            plans = [derived(model, x) for x in naive.all_plans(problem)]
            for _ in range(40):
                narrowed = {}
                wide = [column for column, (low, high) in prover.boxes.items() if low < high]
                for column in rng.sample(wide, min(len(wide), 6)):
                    at = rng.randint(0, min(2, prover.boxes[column][1] - 1))
                    narrowed[column] = rng.choice(prover.divided(column, at, prover.boxes[column]))
                inside = any(all(low <= values[column] <= high for column, (low, high) in narrowed.items()) for values in plans)
                leaf_here = random_leaf(rng, prover, 0, "infeasible")
                try:
                    prover.node(leaf_here, recount.Branch(narrowed, {}, 1, {}))
                except recount.Refused:
                    fell += 1
                else:
                    stood += 1
                    self.assertFalse(inside)
        self.assertGreater(stood, 100)
        self.assertGreater(fell, 100)

    def test_a_split_loses_no_plan(self):
        for rng, problem, model in self.problems(most_cells=4):
            prover = recount.Prover(model)
            for x in list(naive.all_plans(problem))[:20]:
                for column, value in derived(model, x).items():
                    low, high = prover.boxes[column]
                    for at in range(-1, 5):
                        if low <= at < high:
                            sides = prover.divided(column, at, (low, high))
                            self.assertTrue(any(a <= value <= b for a, b in sides), (column, at, value, sides))
                        else:
                            self.assertRaises(recount.Refused, prover.divided, column, at, (low, high))

    def test_random_runs_are_accepted_and_agree_with_all_plans(self):
        accepted = 0
        for rng, problem, model in self.problems():
            plans = list(naive.all_plans(problem))
            if not plans:
                continue
            _, stage_plans = naive.best_in_order(problem, plans)
            prover = recount.Prover(model)
            proofs = [random_tree(rng, prover, k, 2) for k in range(len(stage_plans))]
            run = sealed(problem, outcome_of(problem, stage_plans, proofs, gap=50.0), 50.0)
            self.assertEqual(recount.run_findings(json.loads(json.dumps(run)), None, 10**6), [])
            accepted += 1
            for result in run["outcome"]["goals"]:
                result["best"] += 1
                result["bound"] = max(result["bound"], result["best"])
            found = recount.run_findings(resealed(run), None, 10**6)
            self.assertTrue(any("reached neither" in finding for finding in found))
            self.assertTrue(any("no plan reaches more" in finding for finding in found))
        self.assertGreater(accepted, ROUNDS // 2)


# ------------------------------------------------------------------------------------------ rules, one by one


class Breaches(unittest.TestCase):
    """Every rule has a plan that breaks it alone; out of force, the same plan stands."""

    SHARE = {"region": "East", "states": [0]}
    CASES = [
        ("demand.total[0]", [], [[0, 0, 0, 6], [0, 1, 0, 5]]),
        ("demand.period[0,1]", [("components.0.period_max", 4)], [[0, 0, 1, 3], [0, 1, 1, 2]]),
        ("minimum[0]", [("components.0.minimum", 5)], [[0, 0, 0, 2], [0, 0, 1, 2]]),
        ("capacity.total[0]", [("offers.0.quantity", 10)], [[0, 0, 0, 6], [2, 0, 1, 5]]),
        ("capacity.period[0,1]", [("offers.0.per_period", [10, 10])], [[0, 0, 1, 6], [2, 0, 1, 5]]),
        ("ticket.least[1,0]", [("offers.1.ticket_min", 8)], [[0, 1, 0, 3], [1, 1, 1, 4]]),
        ("ticket.most[1,0]", [("offers.1.ticket_max", 8)], [[0, 1, 0, 4], [1, 1, 1, 5]]),
        ("state_limit[1,0]", [("offers.1.state_max", 8)], [[0, 1, 0, 4], [1, 1, 1, 5]]),
        ("reach[0]", [("offers.0.max_requests", 1)], [[0, 0, 0, 1], [2, 0, 0, 1]]),
        ("fragmentation[0]", [("requests.0.max_providers", 1)], [[0, 0, 0, 1], [1, 1, 0, 1]]),
        ("bundle[0,1]", [("components.0.requires", [1])], [[0, 0, 0, 1]]),
        ("choice[0]", [("components.0.choice", "H"), ("components.2.choice", "H")], [[0, 0, 0, 1], [2, 0, 0, 1]]),
        ("sustainability[0]", [("requests.0.sustainability", 1), ("requests.0.sustainability_threshold", 3),
                               ("components.1.sustainability_points", 2)], [[0, 0, 0, 1]]),
        ("obstacle[0,0]", [("requests.0.obstacles", [{"code": "B", "mitigation": 1}])], [[0, 0, 0, 1]]),
        ("obstacle[0,1]", [("requests.0.obstacles", [{"code": "B", "mitigation": 0}, {"code": "B", "mitigation": 2}])],
         [[0, 0, 0, 1]]),
        ("absorption.amount[0,1]", [("states.0.absorption", [{"period": 1, "amount": 44, "requests": None}])],
         [[0, 0, 1, 6], [1, 0, 1, 6]]),
        ("absorption.requests[0,1]", [("states.0.absorption", [{"period": 1, "amount": None, "requests": 1}]),
                                      ("requests.1.state", 0)], [[0, 0, 1, 1], [2, 0, 1, 1]]),
        ("channel[0]", [("channels", [{"id": "K", "period": 1, "states": [0], "amount": 15}]), ("offers.0.channel", "K")],
         [[0, 0, 0, 9], [0, 0, 1, 1], [1, 0, 1, 3], [2, 0, 1, 9]]),
        ("regional_floor[0]", [("regional_floors", [{**SHARE, "share_permille": 251}])], [[0, 0, 0, 5], [2, 0, 0, 9]]),
        ("regional_ceiling[0]", [("regional_ceilings", [{**SHARE, "share_permille": 500}])], [[0, 0, 0, 5], [2, 0, 0, 4]]),
        ("package[1]", [("requests.0.package", "K"), ("requests.1.package", "K")], [[0, 0, 0, 1]]),
        ("precedence[2,0,0]", [("requests.1.step", "marking"), ("requests.0.step", "record_keeping"),
                               ("requests.1.state", 0), ("rules.precedence", "enforce")], [[0, 0, 1, 1], [2, 0, 0, 1]]),
        ("locked[0]", [("locks", [[0, 0, 0, 3]])], [[0, 0, 0, 4]]),
    ]

    def test_each_rule_is_broken_alone(self):
        for name, changes, plan in self.CASES:
            with self.subTest(name=name):
                model = model_of(changed(small_problem(), *changes))
                x, faults = recount.plan_cells(model, plan, "plan")
                self.assertEqual(faults, [])
                found = recount.plan_breaches(model, x)
                self.assertEqual([finding.split(":")[0] for finding in found], [name], found)

    def test_out_of_force_the_same_plan_stands(self):
        for name, changes, plan in self.CASES:
            rule = name.split("[")[0].split(".")[0]
            for mode in () if rule in recount.ALWAYS else ("warn", "off"):
                with self.subTest(name=name, mode=mode):
                    model = model_of(changed(small_problem(), *changes, (f"rules.{rule}", mode)))
                    self.assertEqual(recount.plan_breaches(model, recount.plan_cells(model, plan, "plan")[0]), [])
                    self.assertFalse(any(key[0] == name.split("[")[0] for key in recount.rows(model)))

    def test_a_step_before_that_has_arrived_is_enough(self):
        name, changes, _ = next(case for case in self.CASES if case[0].startswith("precedence"))
        model = model_of(changed(small_problem(), *changes))
        self.assertEqual(recount.plan_breaches(model, {(0, 0, 0): 1, (2, 0, 0): 1}), [])

    def test_lists_of_matches_that_are_no_plan(self):
        model = model_of(changed(small_problem(), ("components.0.pairs", [[0, 0, 0, 1000, 5]])))
        for plan in ([[0, 0, 0, 0]], [[0, 0, 1, 1]], [[0, 1, 0, 1]], [[9, 0, 0, 1]], [[0, 9, 0, 1]],
                     [[1, 0, 0, 1], [0, 0, 0, 1]], [[1, 0, 0, 1], [1, 0, 0, 1]]):
            with self.subTest(plan=plan):
                self.assertEqual(len(recount.plan_cells(model, plan, "plan")[1]), 1)

    def test_the_box(self):
        cases = [
            ([("components.0.outstanding", 7)], 7),
            ([("components.0.period_max", 3)], 3),
            ([("offers.0.quantity", 9), ("components.0.pairs", [[0, 0, 1, 4000, 5]])], 2),
            ([("offers.0.per_period", [3, 9])], 3),
            ([("offers.0.ticket_max", 2)], 2),
            ([("offers.0.ticket_max", 2), ("rules.ticket", "warn")], 10),
            ([("offers.0.state_max", 6)], 6),
            ([("states.0.absorption", [{"period": 0, "amount": 11, "requests": None}])], 2),
            ([("states.0.absorption", [{"period": 0, "amount": None, "requests": 0}])], 0),
            ([("components.0.divisible", False), ("components.0.minimum", 10), ("offers.0.quantity", 9)], 0),
            ([("components.0.divisible", False), ("components.0.minimum", 10)], 10),
            ([("offers.0.ticket_min", 81)], 0),
            ([("offers.0.ticket_min", 40)], 10),
            ([("requests.0.obstacles", [{"code": "B", "mitigation": None}])], 0),
            ([("requests.0.sustainability_threshold", 1)], 0),
            ([("components.0.requires", [2]), ("components.2.pairs", [])], 0),
            ([("requests.0.package", "K"), ("requests.1.package", "K"), ("components.2.pairs", [])], 0),
        ]
        for changes, most in cases:
            with self.subTest(changes=changes):
                problem = changed(small_problem(), *changes)
                problem["components"][1]["pairs"] = problem["components"][1]["pairs"][:1]
                self.assertEqual(model_of(problem).u[0, 0, 0], most)


# ------------------------------------------------------------------------------------------ goals, by hand


class Goals(unittest.TestCase):
    def values(self, problem, x):
        return recount.goal_values(model_of(problem), x)

    def test_equity_counts_the_first_tenth_most(self):
        # State 0 asks 2 · 10 · 4 = 80 and receives 12: 150 permille, so 100 · 10 + 50 · 9.
        self.assertEqual(self.values(small_problem("equity"), {(0, 0, 0): 3}), [1450])
        problem = changed(small_problem("equity"), ("goals.0.by", "region"), ("states.1.regions", ["East", "World"]))
        # One region asks 120 and receives 12: 100 permille; a state without region is left out.
        self.assertEqual(self.values(problem, {(0, 0, 0): 3}), [1000])
        self.assertEqual(self.values(changed(problem, ("states.0.regions", [])), {(0, 0, 0): 3}), [0])

    def test_a_choice_is_met_by_any_alternative(self):
        problem = changed(small_problem("completed"), ("components.0.choice", "H"), ("components.1.choice", "H"))
        self.assertEqual(self.values(problem, {(1, 0, 0): 10}), [2])
        self.assertEqual(self.values(small_problem("completed"), {(1, 0, 0): 10}), [0])
        self.assertEqual(recount.totals_of(model_of(problem), {(1, 0, 0): 10}, 1), {
            "matches": 1, "requests_served": 1, "requests_completed": 1, "components_served": 1, "cost": 40})

    def test_economy_rounds_delivery_up_once_and_ignores_cheap_delivery(self):
        problem = changed(small_problem("economy"), ("offers.0.delivery_permille", 1101), ("offers.1.delivery_permille", 900))
        # Cost 4 and 8 at an excess of 101 permille: 1.212, so 2; two providers on one request.
        self.assertEqual(self.values(problem, {(0, 0, 0): 1, (1, 0, 1): 2, (1, 1, 1): 5}), [-2002])

    def test_synergy_stability_and_sustainability(self):
        problem = changed(small_problem("synergy", "stability", "sustainability"), ("requests.1.state", 0),
                          ("requests.0.family", "tracing"), ("requests.1.family", "stockpile"),
                          ("requests.0.sdg_targets", ["16.4"]), ("offers.1.sdg_targets", ["16.4", "5.2"]),
                          ("baseline", [[0, 0, 0, 5], [0, 1, 0, 5]]), ("requests.1.sustainability", 7),
                          ("components.0.sustainability_points", 3), ("components.1.sustainability_points", 100))
        self.assertEqual(self.values(problem, {(0, 0, 0): 8, (0, 1, 0): 2, (2, 0, 0): 1}), [11, 28, 10])

    def test_what_is_held_and_given(self):
        goals = [{"give": 900}, {"give": 15}, {"give": 10}]
        self.assertEqual(recount.held_values(goals, [1999, -1999, 5], 1), [1999 - 29])
        self.assertEqual(recount.held_values(goals, [1999, -1999, 5], 2), [1999 - 49, -1999 - 19])

    def test_gaps(self):
        for best, bound, gap in ((1000, 1001, 1000), (3_000_000, 3_000_001, 1), (0, 2, 2_000_000), (-1000, -999, 1000),
                                 (5, 5, 0), (1, 10**30, 10**12)):
            self.assertEqual(recount.gap_between(best, bound), gap)


# ------------------------------------------------------------------------------------------ run files


class RunFiles(unittest.TestCase):
    def findings(self, run):
        return recount.run_findings(run)

    def test_an_optimal_run_is_accepted(self):
        run = optimal_run()
        self.assertEqual(run["outcome"]["status"], "optimal")
        self.assertEqual(self.findings(run), [])

    def test_digests_are_those_of_canonical_json(self):
        self.assertEqual(recount.sha256({}), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
        text = '{ "b": [1, {"z": null, "a": "é\\n"}], "A": -9223372036854775808, "gap_permille": 1, "\U0001f600": "\\u0001\\/", "\uffff": 2 }'
        self.assertEqual(recount.canonical(recount.parse(text)).decode(),
                         '{"A":-9223372036854775808,"b":[1,{"a":"é\\n","z":null}],"gap_permille":1.0,"\uffff":2,"\U0001f600":"\\u0001/"}')
        for text, written in (("0.004", "0.004"), ("1000000000", "1000000000.0"), ("1e3", "1000.0"), ("0", "0.0")):
            self.assertEqual(recount.canonical(recount.parse('{"gap_permille":%s}' % text)), b'{"gap_permille":%s}' % written.encode())

    def test_every_change_is_refused(self):
        cases = [
            ("digest: ", [("digest", "0" * 64)], False),
            ("digest: ", [("settings.seconds", 2)], False),
            ("problem_sha256: ", [("problem.seed", 2)], True),
            ("software: ", [("software.rules_version", 2)], True),
            ("plan: demand.total[0]: 11, at most 10", [("outcome.plan", [[0, 0, 0, 10], [0, 1, 0, 1]])], True),
            ("plan: match [0, 0, 5, 10]", [("outcome.plan.0.2", 5)], True),
            ("goals[0] coverage: value: 49", [("outcome.goals.0.value", 49)], True),
            ("goals[0] coverage: best: 51 is reached neither", [("outcome.goals.0.best", 51)], True),
            ("goals[0] coverage: bound: 49 is below best 50", [("outcome.goals.0.bound", 49)], True),
            ("goals[0] coverage: bound: 49, the proof gives 50", [("outcome.goals.0.bound", 49)], True),
            ("goals[0] coverage: gap_permille: 0.001", [("outcome.goals.0.gap_permille", 0.001)], True),
            ("status: within_gap, best and bound", [("outcome.status", "within_gap")], True),
            ("certificate.infeasible: the run has a plan", [("outcome.certificate.infeasible", leaf())], True),
            ("goals: one result and one stage", [("outcome.certificate.stages", [])], True),
            ("goals: one result and one stage", [("outcome.goals.0.goal", "equity")], True),
            ("status: infeasible, ", [("outcome.status", "infeasible")], True),
            *((f"totals.{name}: ", [(f"outcome.totals.{name}", 3)], True) for name in recount.TOTALS),
        ]
        for finding, changes, seal in cases:
            with self.subTest(changes=changes):
                run = changed(optimal_run(), *changes)
                run = resealed(run) if seal else run
                found = recount.run_findings(run, None, 10**6)
                self.assertTrue(any(text.startswith(finding) for text in found), found)

    def test_proofs_that_show_nothing(self):
        top = [["demand.total", [0], 5], ["demand.request", [0], 50]]
        one = lambda *entry, **more: leaf(*top, list(entry), **more)
        cases = [
            ("is below 0", one("demand.some", [0], -1)),
            ("is no row", one("demand.nothing", [0], 1)),
            ("demand.total[7] is no row", one("demand.total", [7], 1)),
            ("is no row", one("demand.link", [0, 0], 1)),
            ("ticket.least[0,0] is no row", one("ticket.least", [0, 0], 1)),
            ("demand.period[0,0] is no row", one("demand.period", [0, 0], 1)),
            ("full.component[0] is no row", one("full.component", [0], 1)),
            ("held[0] is no row", one("held", [0], 1)),
            ("two multipliers", one("demand.request", [0], 1)),
            ("out of order", one("demand.link", [0, 0, 0], 1)),
            ("a scale of 41", leaf(scale=41)),
            ("the proof gives 160", leaf()),
            ("is not below 0", leaf(name="infeasible")),
            ("x[0,0,2] is no unknown", split(["x", [0, 0, 2]], 0, leaf(*top), leaf(*top))),
            ("arrived[0,0] is no unknown", split(["arrived", [0, 0]], 0, leaf(*top), leaf(*top))),
            ("the proof gives 760", split(["x", [0, 0, 0]], 3, leaf(*top), leaf(["demand.link", [0, 0, 0], 105]))),
        ]
        for finding, proof in cases:
            with self.subTest(finding=finding):
                found = self.findings(resealed(changed(optimal_run(), ("outcome.certificate.stages.0.proof", proof))))
                self.assertEqual(len(found), 1, found)
                self.assertIn(finding, found[0])

    def test_proofs_by_cuts(self):
        top = [["demand.total", [0], 5], ["demand.request", [0], 50]]
        recipe = {"rows": [["capacity.total", [0], 1]], "from_above": [["served.component", [0]]], "divisor": 7}
        strengthened = lambda *cuts, proof=leaf(*top): {"strengthened": {"cuts": list(cuts), "proof": proof}}
        cases = [
            (strengthened(), None), (strengthened(recipe), None), (strengthened(recipe, proof=leaf(*top, ["cut", [0], 0])), None),
            (strengthened(recipe, proof=leaf(*top, ["cut", [1], 1])), "cut[1] is no row"),
            (strengthened(recipe, proof=leaf(*top, ["cut", [0], -1])), "below 0"),
            (leaf(*top, ["cut", [0], 1]), "cut[0] is no row"),
            (strengthened({**recipe, "divisor": 1}), "has the divisor 1"),
            (strengthened({**recipe, "rows": recipe["rows"] * 2}), "out of order"),
            (strengthened(recipe, {**recipe, "rows": [["cut", [0], 1]]}), "cut[0] is no row"),
            (strengthened({**recipe, "from_above": recipe["from_above"] * 2}), "given twice"),
            (strengthened({**recipe, "from_above": [["x", [9, 9, 9]]]}), "is no unknown"),
            (strengthened(proof=strengthened()), "at the root"),
            (split(["x", [0, 1, 1]], 4, leaf(*top), strengthened()), "at the root"),
        ]
        for proof, finding in cases:
            with self.subTest(proof=proof):
                found = self.findings(resealed(changed(optimal_run(), ("outcome.certificate.stages.0.proof", proof))))
                self.assertEqual(len(found), 0 if finding is None else 1, found)
                self.assertIn(finding or "", " ".join(found))

    def test_a_cut_sees_what_a_relaxation_does_not(self):
        # 2x + 2y ≤ 3 of 0…1 each leaves one of them: the row by 1/2, rounded, says x + y ≤ 1.
        problem = changed(small_problem(), ("offers.0.quantity", 3), ("offers.1.quantity", 0))
        for component in problem["components"]:
            component["outstanding"] = component["minimum"] = 1
            component["pairs"] = [[0, 0, 0, 2000, 5]]
        prover = recount.Prover(recount.Model(problem))
        alpha, beta = prover.cut(0, {"rows": [["capacity.total", [0], 1]], "from_above": [], "divisor": 2000}, {})
        self.assertEqual({column: a for column, a in alpha.items() if a}, {("x", c, 0, 0): 1000 for c in range(3)})
        self.assertEqual(beta, 1000)

    def test_proofs_by_splits(self):
        top = [["demand.total", [0], 5], ["demand.request", [0], 50]]
        idle = leaf(["demand.total", [0], 5], name="infeasible")
        # Where served is at least 1 and the request is at most 0, demand.request has no solution.
        nothing = leaf(["demand.request", [0], 1], name="infeasible")
        both = split(["served.component", [0]], 0, leaf(["demand.total", [0], 5]),
                     split(["served.request", [0]], 0, nothing, leaf(["demand.total", [0], 5])))
        for proof, refused in ((split(["x", [0, 1, 1]], 4, leaf(*top), leaf(*top)), False), (both, False),
                               (split(["served.component", [0]], 0, idle, leaf(*top)), True),
                               (split(["x", [0, 1, 1]], 10, leaf(*top), leaf(name="infeasible")), True),
                               (split(["x", [0, 1, 1]], -1, leaf(name="infeasible"), leaf(*top)), True)):
            with self.subTest(proof=proof):
                found = self.findings(resealed(changed(optimal_run(), ("outcome.certificate.stages.0.proof", proof))))
                self.assertEqual(bool(found), refused, found)

    def test_a_bound_is_rounded_to_what_the_goal_can_reach(self):
        # Scores 5 and 5: with 3/2 of a unit too much the bound is still a multiple of 5.
        run = optimal_run()
        run["problem"]["components"][0]["pairs"][1][4] = 5
        prover = recount.Prover(recount.Model(run["problem"]))
        proof = leaf(["demand.total", [0], 20], ["demand.request", [0], 192], scale=2)
        self.assertEqual(prover.scaled_bound(proof["leaf"], recount.Branch({}, {}, 1, {}), prover.forms[0]), 4 * 50)
        proof = leaf(["demand.total", [0], 21], ["demand.request", [0], 210], scale=2)
        self.assertEqual(prover.scaled_bound(proof["leaf"], recount.Branch({}, {}, 1, {}), prover.forms[0]), 210)
        self.assertEqual(prover.bound(proof, 0, []), 50)

    def test_a_tree_as_deep_as_allowed_is_read(self):
        problem = changed(optimal_run()["problem"], ("components.0.outstanding", 100))
        proof = top = leaf(["demand.total", [0], 5], ["demand.request", [0], 500])
        for depth in range(recount.MOST_DEPTH):
            proof = split(["x", [0, 0, 0]], 50 + depth, proof, top)
        run = sealed(problem, outcome_of(problem, [{(0, 0, 0): 100}], [proof]))
        self.assertEqual(self.findings(recount.parse(json.dumps(run))), [])

    def test_an_indivisible_component_divides_into_nothing_and_all(self):
        run = changed(optimal_run(), ("problem.components.0.divisible", False), ("problem.components.0.minimum", 10))
        prover = recount.Prover(recount.Model(run["problem"]))
        for at in (0, 9):
            self.assertEqual(prover.divided(("x", 0, 0, 0), at, (0, 10)), ((0, 0), (10, 10)))
        self.assertEqual(prover.divided(("served.component", 0), 0, (0, 1)), ((0, 0), (1, 1)))

    def test_later_stages_hold_what_earlier_reached(self):
        problem = small_problem("coverage", "economy")
        problem["components"], problem["requests"] = problem["components"][:1], problem["requests"][:1]
        problem["goals"][1]["give"] = 100
        top = leaf(["demand.total", [0], 5], ["demand.request", [0], 50])
        stages = [{(0, 0, 0): 10}, {(0, 0, 1): 9}]
        # Coverage is held at 45, so something arrives and somebody helps: −450 in fractions, and only thousands occur.
        some = leaf(["takes_part.link", [0, 0, 0], 50], ["takes_part.link", [0, 0, 1], 50],
                    ["takes_part.link", [0, 1, 0], 30], ["takes_part.link", [0, 1, 1], 30],
                    ["helps.link", [0, 0], 1000], ["helps.link", [1, 0], 600], ["held", [0], 10])
        run = sealed(problem, outcome_of(problem, stages, [top, some]))
        self.assertEqual([(result["best"], result["value"]) for result in run["outcome"]["goals"]], [(50, 45), (-1000, -1000)])
        prover = recount.Prover(recount.Model(problem))
        rows_held = {("held", 0): ({column: -score for column, score in prover.forms[0].items()}, -45, False)}
        self.assertEqual(prover.scaled_bound(some["leaf"], recount.Branch({}, {}, 1, rows_held), prover.forms[1]), -450)
        self.assertEqual(prover.bound(some, 1, [45]), -1000)
        self.assertIn("witness", run["outcome"]["certificate"]["stages"][0])
        self.assertEqual(self.findings(run), [])
        self.assertEqual(recount.run_findings(run, None, 10**6), [])
        worse = copy.deepcopy(run)
        worse["outcome"]["plan"] = [[0, 0, 1, 8]]
        worse["outcome"]["goals"][0]["value"], worse["outcome"]["totals"]["cost"] = 40, 32
        found = self.findings(resealed(worse))
        self.assertIn("plan: held[0]: 40, at least 45", found)
        for witness, finding in (([[0, 0, 0, 9]], "best: 50 is reached neither"), ([[0, 0, 0, 11]], "witness: demand.total[0]"),
                                 ([[0, 0, 3, 9]], "witness: match")):
            broken = copy.deepcopy(run)
            broken["outcome"]["certificate"]["stages"][0]["witness"] = witness
            self.assertTrue(any(finding in text for text in self.findings(resealed(broken))))
        broken = copy.deepcopy(run)
        broken["outcome"]["certificate"]["stages"][1]["witness"] = [[0, 0, 0, 8]]
        self.assertTrue(any("witness: held[0]: 40, at least 45" in text for text in self.findings(resealed(broken))))

    def test_a_plan_that_takes_what_a_stage_holds_does_not_reach_its_best(self):
        problem = changed(small_problem("coverage", "economy", "stability"), ("goals.2.give", 600), ("baseline", [[0, 1, 0, 10]]))
        problem["components"], problem["requests"] = problem["components"][:1], problem["requests"][:1]
        # The earlier plan leaves 30 of 50, which the last goal may take; the goal between was reached at 50.
        stages = [{(0, 0, 0): 10}, {(0, 0, 0): 10}, {(0, 1, 0): 10}]
        run = sealed(problem, outcome_of(problem, stages, [leaf(), leaf(), leaf()]))
        self.assertEqual(self.findings(run), [])
        del run["outcome"]["certificate"]["stages"][1]["witness"]
        self.assertEqual(self.findings(resealed(run)), ["goals[1] economy: best: -1000 is reached neither by the plan nor by a witness"])

    def infeasible_run(self, proof):
        problem = changed(small_problem(), ("regional_floors", [{"region": "East", "states": [0], "share_permille": 1000}]),
                          ("offers.0.quantity", 1), ("offers.1.quantity", 2))
        for component in problem["components"]:
            component["outstanding"] = 2
        outcome = {"status": "infeasible", "plan": [], "goals": [], "totals": dict.fromkeys(recount.TOTALS, 0),
                   "certificate": {"stages": [], "infeasible": proof}, "explanations": {}}
        return sealed(problem, outcome)

    def test_that_there_is_no_plan(self):
        # The floor wants a cost of 16, 4 units at 4; the offers have 3: −16000 + 4 · 1000 + 4 · 2000 is below 0.
        proof = leaf(["capacity.total", [0], 4], ["capacity.total", [1], 4], ["regional_floor", [0], 1000], name="infeasible")
        run = self.infeasible_run(proof)
        self.assertEqual(recount.run_findings(run, None, 10**6), [])
        self.assertEqual(recount.run_findings(self.infeasible_run(split(["x", [0, 0, 0]], 0, proof, proof))), [])
        for wrong, finding in ((leaf(name="infeasible"), "is not below 0"), (leaf(), "not every leaf"), (None, "missing"),
                               (split(["x", [0, 0, 0]], 0, proof, leaf()), "not every leaf")):
            with self.subTest(finding=finding):
                self.assertTrue(any(finding in text for text in recount.run_findings(self.infeasible_run(wrong))))
        for path, value in (("plan", [[0, 0, 0, 1]]), ("totals.matches", 1), ("certificate.stages", [{"proof": leaf()}])):
            self.assertTrue(recount.run_findings(resealed(changed(self.infeasible_run(proof), (f"outcome.{path}", value)))))
        feasible = changed(optimal_run(), ("outcome.status", "infeasible"))
        self.assertIn("status: infeasible, and there are", " ".join(recount.run_findings(feasible, None, 10**6)))

    def test_what_is_unreadable(self):
        deep = leaf()
        for _ in range(recount.MOST_DEPTH + 1):
            deep = split(["x", [0, 0, 0]], 0, leaf(), deep)
        cases = [("outcome.plan.0.3", 1.0), ("outcome.plan.0.3", True), ("outcome.plan.0", [0, 0, 0]), ("format", "other"),
                 ("outcome.status", "fine"), ("outcome.extra", 1), ("problem.rules.colour", "enforce"),
                 ("problem.rules.ticket", "maybe"), ("problem.requests.0.family", "other"), ("problem.components.0.unit_cost", -1),
                 ("problem.components.0.unit_cost", 1 << 1024),
                 ("settings.gap_permille", 0.0004), ("settings.gap_permille", -1.0), ("problem", None), ("problem_file", "x.json"),
                 ("outcome.certificate.stages.0.proof", {}), ("outcome.certificate.stages.0.proof", leaf(name="other")),
                 ("outcome.certificate.stages.0.proof", deep),
                 ("outcome.certificate.stages.0.proof.leaf.multipliers", [["demand.total", [0], 0.5]])]
        for path, value in cases:
            with self.subTest(path=path):
                with self.assertRaises(recount.Unreadable):
                    recount.run_findings(resealed(changed(optimal_run(), (path, value))))
        for text in ("", "{", '{"a":1,"a":2}', '{"a":NaN}', '"\\ud800"', "[" * 100000, '{"gap_permille":1' + "0" * 400 + "}"):
            with self.subTest(text=text[:20]):
                with self.assertRaises(recount.Unreadable):
                    recount.canonical(recount.parse(text))
        for depth in (400, 1000, 3000, 9000):
            line = '{"problem":' + '{"a":' * depth + "1" + "}" * depth + "}"
            self.assertEqual(recount.answer(line, 10)["verdict"], "unreadable")

    def test_problems_that_are_none(self):
        pair = [0, 0, 1, 1000, 5]
        cases = [("goals", []), ("goals", small_problem("coverage")["goals"] * 2), ("requests.0.state", 2), ("states.0.code", "S9"),
                 ("providers", ["P1", "P0"]), ("components.0.request", 1), ("components.0.minimum", 11), ("components.0.outstanding", 0),
                 ("components.0.divisible", False), ("components.0.requires", [0]), ("components.0.requires", [3]),
                 ("components.0.requires", [2, 1]), ("components.0.pairs", [pair, pair]), ("components.0.pairs", [[2, 0, 1, 1000, 5]]),
                 ("components.0.pairs", [[0, 0, 2, 1000, 5]]), ("components.0.pairs", [[0, 1, 0, 1000, 5]]),
                 ("components.0.pairs", [[0, 0, 1, 0, 5]]), ("components.0.pairs", [[0, 0, 1, 1000, 5], [0, 1, 1, 1000, 5]]),
                 ("offers.0.provider", 2), ("offers.0.per_period", [1]), ("offers.0.sdg_targets", ["b", "a"]),
                 ("locks", [[0, 0, 2, 1]]), ("locks", [[0, 0, 0, 0]]), ("baseline", [[0, 0, 1, 1], [0, 0, 0, 1]]),
                 ("requests.0.obstacles", [{"code": "B", "mitigation": 3}]), ("rules.capacity", "warn"),
                 ("channels", [{"id": "K", "period": 2, "states": None, "amount": 1}]),
                 ("regional_floors", [{"region": "East", "states": [2], "share_permille": 1}])]
        for path, value in cases:
            with self.subTest(path=path, value=value):
                problem = changed(small_problem(), (path, value))
                if path == "components.0.request":
                    problem["components"][1]["request"] = 1
                recount.PROBLEM(problem, "problem")
                self.assertTrue(recount.problem_faults(problem))

    def test_members_that_may_be_absent(self):
        problem = small_problem()
        for table in ("components", "offers", "requests"):
            for entry in problem[table]:
                for key in [key for key, value in entry.items() if value is None]:
                    del entry[key]
        problem["goals"] = [{"goal": "coverage"}]
        recount.PROBLEM(problem, "problem")
        self.assertEqual(problem, small_problem())


# ------------------------------------------------------------------------------------------ commands


class Commands(unittest.TestCase):
    def run_main(self, *arguments):
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            try:
                code = recount.main(list(arguments))
            except SystemExit as exit:
                code = exit.code
        return code, out.getvalue()

    def test_exit_codes(self):
        with tempfile.TemporaryDirectory() as folder:
            place = lambda name: os.path.join(folder, name)

            def write(name, value):
                with open(place(name), "w", encoding="utf-8") as file:
                    file.write(value if isinstance(value, str) else json.dumps(value))
                return place(name)

            self.assertEqual(self.run_main(write("run.json", optimal_run())), (0, "accepted\n"))
            wrong = changed(optimal_run(), ("outcome.totals.cost", 1), ("outcome.goals.0.value", 1))
            code, text = self.run_main(write("wrong.json", wrong))
            self.assertEqual((code, len(text.splitlines())), (1, 3))
            self.assertEqual(self.run_main(write("broken.json", "{"))[0], 2)
            self.assertEqual(self.run_main(place("nowhere.json"))[0], 2)
            detached = optimal_run()
            write("problem.json", detached.pop("problem"))
            for name, code in (("problem.json", 0), ("../problem.json", 2), (place("problem.json"), 2), ("missing.json", 2)):
                detached["problem_file"] = name
                self.assertEqual(self.run_main(write("detached.json", resealed(detached)))[0], code)
            code, text = self.run_main("--problem", place("problem.json"), "--brute-force")
            self.assertEqual((code, json.loads(text)["best"]), (0, [{"goal": "coverage", "best": 50}]))
            self.assertEqual(self.run_main("--problem", place("problem.json"), "--brute-force", "--limit", "50")[0], 2)
            self.assertEqual(self.run_main("--problem", write("bad.json", changed(small_problem(), ("goals", []))), "--brute-force")[0], 1)
            self.assertEqual(self.run_main()[0], 2)

    def test_many_in_one_process(self):
        run, problem = optimal_run(), optimal_run()["problem"]
        detached = {key: value for key, value in run.items() if key != "problem"}
        detached["problem_file"] = "p.json"
        lines = [{"run": run}, {"run": run, "brute_force": True}, {"run": resealed(detached), "problem": problem},
                 {"run": {**run, "digest": ""}}, {"problem": problem, "expect": [50]}, {"problem": problem, "expect": [51]},
                 {"problem": problem, "expect": None}, {"problem": problem}, {"other": 1}, 5,
                 {"problem": changed(small_problem(), ("components.0.outstanding", 10**9), ("offers.0.quantity", 10**9))}]
        text = "\n".join(map(json.dumps, lines)) + "\n\n{\n"
        done = subprocess.run([sys.executable, os.path.join(HERE, "recount.py"), "--jsonl"], input=text, capture_output=True,
                              text=True, encoding="utf-8", check=True)
        verdicts = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([verdict["verdict"] for verdict in verdicts], [
            "accepted", "accepted", "accepted", "refused", "accepted", "refused", "refused", "accepted", "unreadable",
            "unreadable", "too_large", "unreadable"])
        self.assertEqual(verdicts[7]["best"], [{"goal": "coverage", "best": 50}])
        self.assertEqual(verdicts[0]["numbers"], {"goals": [{"goal": "coverage", "value": 50, "proven": 50}], "totals": {
            "matches": 1, "requests_served": 1, "requests_completed": 1, "components_served": 1, "cost": 40}})

    def test_a_thousand_pairs_are_recounted_at_once(self):
        problem = small_problem(*GOALS)
        component, request = problem["components"][0], problem["requests"][0]
        problem["requests"] = [{**request, "id": f"R{r:03}", "state": r % 2} for r in range(250)]
        problem["components"] = [{**component, "id": f"C{c:03}", "request": c // 2} for c in range(500)]
        problem["periods"] = ["T0", "T1", "T2"]
        problem["offers"][0]["quantity"] = 1000
        model = recount.Model(problem)
        prover = recount.Prover(model)
        rng = random.Random(5)
        proof = lambda k, depth: random_leaf(rng, prover, k) if depth == 0 else split(
            ["served.component", [100 * depth + rng.randrange(100)]], 0, proof(k, depth - 1), proof(k, depth - 1))
        plan = {(c, 0, 0): 2 for c in range(500)}
        run = json.dumps(sealed(problem, outcome_of(problem, [plan] * len(GOALS), [proof(k, 4) for k in range(len(GOALS))])))
        start = time.process_time()
        self.assertEqual(recount.run_findings(recount.parse(run)), [])
        self.assertLess(time.process_time() - start, 2)


if __name__ == "__main__":
    unittest.main()
