### Goals, statuses, and why a component is or is not served.

## Goals: a short name, and what each strives for.

goal-coverage = Coverage of priorities
goal-coverage-meaning = As much of the help asked for as possible, the most urgent first.
goal-completed = Requests met in full
goal-completed-meaning = As many requests as possible met in full, weighted by priority.
goal-equity = Equity
goal-equity-meaning = The first tenth of every State’s need counts most, so that none is left with nothing.
goal-synergy = Synergy
goal-synergy-meaning = Marking, record-keeping and tracing together with stockpile management in one State, and shared Sustainable Development Goal targets.
goal-sustainability = Sustainability
goal-sustainability-meaning = Results that last after the help ends.
goal-stability = Stability
goal-stability-meaning = Little change from an earlier plan.
goal-economy = Economy
goal-economy-meaning = Few providers on one request, and little spent on delivery.

## States of a run and verdicts on its plan.

status-queued = Queued
status-running = Running
status-succeeded = Succeeded
status-optimal = Proven best
status-within_gap = Proven within the gap asked for
status-limit = Stopped by a limit
status-infeasible = No plan satisfies the rules
status-failed = Failed
status-cancelled = Cancelled

## Why a component is not served, or only partly.

reason-no_eligible_offer = No offer may serve this component.
reason-outbid = The offer { $offer } went to components that weigh more.
reason-outbid-many = { count-offers } that could serve it went to components that weigh more.
reason-outbid-unnamed = What could serve it went to components that weigh more.
reason-outbid-priority = At priority { $priority } this request would win.
reason-required_unserved = It requires { $component }, which is not served.
reason-alternative_served = The alternative { $component } is served instead.
reason-package_unserved = The joint request { $request } is not served.
reason-obstacle_unmitigated = Nothing reduces this obstacle: { $obstacle }.
reason-sustainability_short =
    { $missing ->
        [one] { $missing } point is missing to reach the sustainability threshold.
       *[other] { $missing } points are missing to reach the sustainability threshold.
    }
reason-minimum_unreachable = The offers that may serve it reach { $reachable } together, less than the least useful quantity.
reason-absorption = The State { $state } can take in no more in { $period }.
reason-rule_binds = The rule “{ $rule }” leaves no room.
reason-only = Of these, { count-offers } would serve it but for this rule alone.
reason-missing = Missing: { $quantity } { $unit }

## Why a round leaves a request out.

left-out-not_authenticated = When the round was frozen, no coordinator had authenticated this request yet.
left-out-returned = When the round was frozen, this request had been returned and was not yet submitted anew.
left-out-not_circulated = When the round was frozen, this request was authenticated, but its State had not yet consented to its circulation.
left-out-nothing_outstanding = When the round was frozen, nothing of this request was outstanding: all of it had been received, promised or covered otherwise.
left-out-outside_horizon = The periods in which this help can be used lie outside those of the round.
left-out-package_incomplete = When the round was frozen, another request of this package had been submitted and could not take part: the package is taken whole or not at all.
left-out-after_cut_off = This request was circulated after the cut-off of the round.
left-out-components = This concerns the following components: { $components }.

## The smallest change that would serve a component.

change-setting = In { $file }, { $id }: change { $field } from { $from } to { $to }.
change-result = With this change the component would receive { $quantity } { $unit }.
change-none = No single change was found that would serve it.

## Why a match is worth what it is, and how an offer is used.

match-score = { $score } for one unit: weight { $weight } × worth { $worth } × fit { $fit } / 1000
match-bound_by = No larger because of: { $rules }
offer-used = Used
offer-left = Left
offer-why_left = Left because of: { $rules }
offer-marginal = One more unit would add { $value } to the first goal.
