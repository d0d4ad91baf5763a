"""The rules once more, as plainly as they can be said: loops over every cell, no box, no tables, nothing shared with
`recount.py`. Only for problems of a few cells, to test the other two readings of the page against.

A plan is x: {(component, offer, period): quantity above 0}.
"""

import itertools
from fractions import Fraction
from math import ceil, floor


def enforced(problem, rule):
    return problem["rules"].get(rule, "off" if rule == "precedence" else "enforce") == "enforce"


def eligible_cells(problem):
    return [(c, o, t) for c, component in enumerate(problem["components"])
            for o, first, last, _, _ in component["pairs"] for t in range(first, last + 1)]


def pair_of(problem, cell):
    c, o, t = cell
    return next(pair for pair in problem["components"][c]["pairs"] if pair[0] == o and pair[1] <= t <= pair[2])


def all_plans(problem):
    """Every plan that satisfies the enforced rules, out of every way to fill the cells."""
    cells = eligible_cells(problem)
    ranges = [range(problem["components"][c]["outstanding"] + 1) for c, _, _ in cells]
    for quantities in itertools.product(*ranges):
        x = {cell: quantity for cell, quantity in zip(cells, quantities) if quantity}
        if not broken_rules(problem, x):
            yield x


def broken_rules(problem, x):
    """Names of the enforced rules that quantities break; `box` where part of an indivisible component arrives."""
    broken = set()
    components, requests, offers = problem["components"], problem["requests"], problem["offers"]
    request = lambda cell: components[cell[0]]["request"]
    state = lambda cell: requests[request(cell)]["state"]
    draw = lambda cell: pair_of(problem, cell)[3] * x[cell]
    cost = lambda cell: components[cell[0]]["unit_cost"] * x[cell]
    served = {c for c, _, _ in x}
    served_requests = {request(cell) for cell in x}
    taking = {(o, components[c]["request"]) for c, o, _ in x}

    def rule(name, holds):
        if not holds and enforced(problem, name):
            broken.add(name)

    for c, component in enumerate(components):
        given = [cell for cell in x if cell[0] == c]
        total = sum(x[cell] for cell in given)
        rule("demand", total <= component["outstanding"])
        if not component["divisible"] and any(x[cell] != component["outstanding"] for cell in given):
            broken.add("box")
        rule("minimum", not given or total >= component["minimum"])
        for t in range(len(problem["periods"])):
            if component["period_max"] is not None:
                rule("demand", sum(x[cell] for cell in given if cell[2] == t) <= component["period_max"])
        if given:
            rule("bundle", all(d in served for d in component["requires"]))
        if component["choice"] is not None:
            rule("choice", sum(components[d]["choice"] == component["choice"] for d in served) <= 1)
        earlier = {"marking": "record_keeping", "record_keeping": "legislation"}.get(requests[component["request"]]["step"])
        for cell in given:
            basis = [d for d, other in enumerate(components) if earlier and other["pairs"]
                     and requests[other["request"]]["step"] == earlier
                     and requests[other["request"]]["state"] == state(cell)]
            rule("precedence", not basis or any(e[0] in basis and e[2] <= cell[2] for e in x))
    for o, offer in enumerate(offers):
        given = [cell for cell in x if cell[1] == o]
        rule("capacity", sum(map(draw, given)) <= 1000 * offer["quantity"])
        if offer["per_period"] is not None:
            for t, quantity in enumerate(offer["per_period"]):
                rule("capacity", sum(draw(cell) for cell in given if cell[2] == t) <= 1000 * quantity)
        for r in {request(cell) for cell in given}:
            amount = sum(draw(cell) for cell in given if request(cell) == r)
            rule("ticket", offer["ticket_min"] is None or amount >= 1000 * offer["ticket_min"])
            rule("ticket", offer["ticket_max"] is None or amount <= 1000 * offer["ticket_max"])
        for s in {state(cell) for cell in given}:
            amount = sum(draw(cell) for cell in given if state(cell) == s)
            rule("state_limit", offer["state_max"] is None or amount <= 1000 * offer["state_max"])
        rule("reach", offer["max_requests"] is None or len({request(cell) for cell in given}) <= offer["max_requests"])
    for r, entry in enumerate(requests):
        providers = {offers[o]["provider"] for o, other in taking if other == r}
        rule("fragmentation", entry["max_providers"] is None or len(providers) <= entry["max_providers"])
        if r in served_requests:
            score = entry["sustainability"] + sum(components[c]["sustainability_points"] for c in served
                                                  if components[c]["request"] == r)
            rule("sustainability", score >= entry["sustainability_threshold"])
            rule("obstacle", all(obstacle["mitigation"] in served for obstacle in entry["obstacles"]))
        if entry["package"] is not None:
            rule("package", len({q in served_requests for q, other in enumerate(requests)
                                 if other["package"] == entry["package"]}) == 1)
    for s, entry in enumerate(problem["states"]):
        for limit in entry["absorption"]:
            here = [cell for cell in x if state(cell) == s and cell[2] == limit["period"]]
            rule("absorption", limit["amount"] is None or sum(map(cost, here)) <= limit["amount"])
            rule("absorption", limit["requests"] is None or len(set(map(request, here))) <= limit["requests"])
    for channel in problem["channels"]:
        through = [cell for cell in x if offers[cell[1]]["channel"] == channel["id"]
                   and (channel["period"] is None or channel["period"] == cell[2])
                   and (channel["states"] is None or state(cell) in channel["states"])]
        rule("channel", sum(map(cost, through)) <= channel["amount"])
    for share in problem["regional_floors"]:
        least = ceil(Fraction(share["share_permille"] * asked(problem, share["states"]), 1000))
        rule("regional_floor", sum(cost(cell) for cell in x if state(cell) in share["states"]) >= least)
    for share in problem["regional_ceilings"]:
        rule("regional_ceiling", 1000 * sum(cost(cell) for cell in x if state(cell) in share["states"])
             <= share["share_permille"] * sum(map(cost, x)))
    for c, o, t, quantity in problem["locks"]:
        rule("locked", x.get((c, o, t), 0) == quantity)
    return broken


def asked(problem, states):
    return sum(component["unit_cost"] * component["outstanding"] for component in problem["components"]
               if component["pairs"] and problem["requests"][component["request"]]["state"] in states)


def goal_value(problem, goal, x):
    """The value of one goal."""
    components, requests, offers = problem["components"], problem["requests"], problem["offers"]
    arrived = [sum(q for cell, q in x.items() if cell[0] == c) for c in range(len(components))]
    state = lambda c: requests[components[c]["request"]]["state"]
    cost = lambda cell: components[cell[0]]["unit_cost"] * x[cell]
    taking = {(o, components[c]["request"]) for c, o, _ in x}
    if goal["goal"] == "coverage":
        return sum(pair_of(problem, cell)[4] * quantity for cell, quantity in x.items())
    if goal["goal"] == "completed":
        value = 0
        for r, request in enumerate(requests):
            own = [c for c in range(len(components)) if components[c]["request"] == r]
            full = [c for c in own if arrived[c] == components[c]["outstanding"]]
            met = all(c in full or (components[c]["choice"] is not None and any(
                components[d]["choice"] == components[c]["choice"] for d in full)) for c in own)
            value += request["priority_weight"] * met
        return value
    if goal["goal"] == "equity":
        value = 0
        regions = [entry["regions"][0] if entry["regions"] else None for entry in problem["states"]]
        sides = range(len(regions)) if goal["by"] == "state" else sorted({name for name in regions if name is not None})
        for side in sides:
            states = [s for s in range(len(regions)) if (s if goal["by"] == "state" else regions[s]) == side]
            need = asked(problem, states)
            if need > 0:
                rest = min(1000, floor(Fraction(1000 * sum(cost(cell) for cell in x if state(cell[0]) in states), need)))
                for k in range(10):
                    value += (10 - k) * min(100, rest)
                    rest -= min(100, rest)
        return value
    if goal["goal"] == "synergy":
        value = 0
        for s in range(len(problem["states"])):
            families = {requests[components[c]["request"]]["family"] for c in range(len(components))
                        if arrived[c] and state(c) == s}
            value += 10 * (families >= {"tracing", "stockpile"})
        return value + sum(any(target in requests[r]["sdg_targets"] for target in offers[o]["sdg_targets"])
                           for o, r in taking)
    if goal["goal"] == "sustainability":
        return sum(requests[r]["sustainability"] for r in {r for _, r in taking}) \
            + sum(components[c]["sustainability_points"] for c in range(len(components)) if arrived[c])
    if goal["goal"] == "stability":
        return sum(components[c]["unit_cost"] * min(x.get((c, o, t), 0), q) for c, o, t, q in problem["baseline"])
    helping = {(offers[o]["provider"], r) for o, r in taking}
    delivery = sum(Fraction(cost(cell) * max(0, offers[cell[1]]["delivery_permille"] - 1000), 1000) for cell in x)
    return -(goal["provider_cost"] * len(helping) + ceil(delivery))


def best_in_order(problem, plans):
    """The best value of each goal, earlier ones held, and a plan that reaches it at its stage."""
    goals, best = problem["goals"], []
    valued = [(x, [goal_value(problem, goal, x) for goal in goals]) for x in plans]
    stages = []
    for k in range(len(goals)):
        standing = [entry for entry in valued if all(
            entry[1][i] >= best[i] - floor(Fraction(abs(best[i]) * sum(goals[j]["give"] for j in range(i + 1, k + 1)), 1000))
            for i in range(k))]
        x, values = max(standing, key=lambda entry: entry[1][k])
        best.append(values[k])
        stages.append(x)
    return best, stages
