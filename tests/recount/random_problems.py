"""Small random problems in which every rule and goal has a chance to bite, for the tests of the recount."""

GOALS = ("coverage", "completed", "equity", "synergy", "sustainability", "stability", "economy")
TARGETS = ("16.4.1", "16.4.2", "5.2")


def random_problem(rng, most_cells=5, most_outstanding=3):
    """A sane problem of at most so many cells."""
    maybe = lambda chance, low, high: rng.randint(low, high) if rng.random() < chance else None
    periods = rng.randint(1, 3)
    states = [{"code": f"S{s}", "regions": rng.sample(["East", "North", "South"], rng.randint(0, 2)), "absorption": [
        {"period": t, "amount": maybe(0.5, 0, 60), "requests": maybe(0.4, 0, 2)}
        for t in range(periods) if rng.random() < 0.2]} for s in range(rng.randint(1, 3))]
    providers = [f"P{p}" for p in range(rng.randint(1, 3))]
    offers = [{
        "id": f"O{o}", "provider": rng.randrange(len(providers)), "quantity": rng.randint(1, 80),
        "per_period": [rng.randint(0, 40) for _ in range(periods)] if rng.random() < 0.2 else None,
        "ticket_min": maybe(0.25, 0, 15), "ticket_max": maybe(0.2, 5, 40), "state_max": maybe(0.2, 5, 50),
        "max_requests": maybe(0.2, 0, 2), "channel": rng.choice([None, None, "C0", "C1"]),
        "delivery_permille": rng.choice([900, 1000, 1075, 1250]), "unit_value": None, "pledge": rng.random() < 0.3,
        "sdg_targets": sorted(rng.sample(TARGETS, rng.randint(0, 2)))} for o in range(rng.randint(1, 3))]
    count = rng.randint(1, 4)
    owners = sorted(rng.randrange(3) for _ in range(count))
    owners = [sorted(set(owners)).index(owner) for owner in owners]
    steps = rng.random() < 0.4
    requests = [{
        "id": f"R{r}", "state": rng.randrange(len(states)), "area": "A", "family": rng.choice([None, "tracing", "stockpile"]),
        "step": rng.choice(["legislation", "record_keeping", "marking"]) if steps else None,
        "priority_weight": rng.randint(1, 4), "weight": 1000, "sustainability": rng.randint(0, 4),
        "sustainability_threshold": rng.choice([0, 0, 0, 2, 5]), "max_providers": maybe(0.2, 0, 2),
        "package": "K0" if rng.random() < 0.25 else None, "sdg_targets": sorted(rng.sample(TARGETS, rng.randint(0, 2))),
        "obstacles": [{"code": "B", "mitigation": None if rng.random() < 0.15 else rng.randrange(count)}
                      for _ in range(rng.random() < 0.2)]} for r in range(max(owners) + 1)]
    components, cells = [], 0
    for c in range(count):
        outstanding = rng.randint(1, most_outstanding)
        divisible = rng.random() < 0.75
        unit_cost, pairs = rng.choice([1, 7, 10, 12]), []
        for o in range(len(offers)):
            first = rng.randrange(periods)
            while first < periods and rng.random() < 0.7:
                last = rng.randint(first, periods - 1)
                if cells + last - first + 1 > most_cells:
                    break
                cells += last - first + 1
                pairs.append([o, first, last, rng.choice([1000, unit_cost * 1000, unit_cost * 1075]), rng.randint(0, 9)])
                first = last + 1 + rng.randint(0, 1)
        components.append({
            "id": f"C{c}", "request": owners[c], "outstanding": outstanding,
            "minimum": rng.randint(1, outstanding) if divisible else outstanding, "divisible": divisible,
            "unit_cost": unit_cost, "period_max": maybe(0.2, 0, 3),
            "requires": sorted(d for d in range(count) if d != c and rng.random() < 0.1),
            "choice": rng.choice(["H0", "H1"]) if rng.random() < 0.25 else None,
            "sustainability_points": rng.choice([0, 0, 1, 3]), "pairs": pairs})
    region_names = sorted({region for state in states for region in state["regions"]})
    shares = lambda chance, low, high: [
        {"region": name, "states": [s for s, state in enumerate(states) if name in state["regions"]],
         "share_permille": rng.randint(low, high)} for name in region_names if rng.random() < chance]
    places = [(c, o, t) for c, component in enumerate(components)
              for o, first, last, _, _ in component["pairs"] for t in range(first, last + 1)]
    everywhere = [(c, o, t) for c in range(count) for o in range(len(offers)) for t in range(periods)]
    strict = rng.choice([0.3, 0.7, 1.0])
    rules = {rule: "enforce" if rng.random() < strict else rng.choice(["warn", "off"]) for rule in (
        "ticket state_limit reach fragmentation bundle choice sustainability obstacle absorption channel "
        "regional_floor regional_ceiling package").split()}
    if strict == 1.0:
        del rules["ticket"], rules["package"]  # enforced unless something else is said
    if steps:
        rules["precedence"] = "enforce"
    goals = rng.sample(GOALS, rng.randint(1, 3))
    return {
        "format": "needmatch-problem-1", "name": "random", "currency": "USD", "seed": 0,
        "periods": [f"T{t}" for t in range(periods)], "states": states, "providers": providers, "requests": requests,
        "components": components, "offers": offers,
        "channels": [{"id": f"C{i}", "period": maybe(0.5, 0, periods - 1),
                      "states": rng.choice([None, sorted(rng.sample(range(len(states)), 1))]),
                      "amount": rng.randint(0, 80)} for i in range(2) if rng.random() < 0.3],
        "regional_floors": shares(0.12, 0, 500), "regional_ceilings": shares(0.12, 300, 1000), "rules": rules,
        "goals": [{"goal": goal, "give": rng.choice([0, 0, 100, 400]), "by": rng.choice(["state", "region"]),
                   "provider_cost": rng.choice([0, 3, 1000])} for goal in goals],
        "locks": [[*place, 1] for place in sorted(rng.sample(places, min(len(places), int(rng.random() < 0.1))))],
        "baseline": [[*place, rng.randint(1, 3)] for place in sorted(rng.sample(everywhere, min(2, len(everywhere))))]}
