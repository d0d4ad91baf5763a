### Rules by name, and what to say when one stands in the way.

## How strictly a rule holds.

mode-enforce = enforce
mode-warn = warn
mode-off = off

## Rules of eligibility: a short name, and why the rule refuses offers.

rule-area = Area of work
rule-area-why = { count-refused }: this area of work is not covered.
rule-type = Type of help
rule-type-why = { count-refused }: this type of help is not given.
rule-unit_and_item = Unit and item
rule-unit_and_item-why = { count-refused }: help in kind comes in another unit, or is another item.
rule-earmark = Earmark
rule-earmark-why = { count-refused }: the State is outside the earmark or the regions of the funding channel.
rule-context = Circumstances
rule-context-why = { count-refused }: requests in these circumstances (conflict or post-conflict) are not accepted.
rule-window = Period
rule-window-why = { count-refused }: there is no period in common with the request.
rule-embargo = Embargo
rule-embargo-why = { count-refused }: an embargo covers this State and this type of help.
rule-consent = Consent of the State
rule-consent-why = { count-refused }: the State excludes the provider or has not circulated the request to it.
rule-contribution = National contribution
rule-contribution-why = { count-refused }: the national contribution stated in the request is below what is required.
rule-sustainability_required = Sustainability asked by the provider
rule-sustainability_required-why = { count-refused }: the sustainability score of the request is below the least that the provider accepts.
rule-action_plan = National action plan
rule-action_plan-why = { count-refused }: a current national action plan is required, and the request names none or an old one.
rule-report = National report
rule-report-why = { count-refused }: a more recent national report is required.
rule-firm_only = Commitments only
rule-firm_only-why = { count-refused }: pledges do not count in this scenario, only commitments do.
rule-duplication = Duplication
rule-duplication-why = { count-refused }: an existing programme already covers this State, area, type of help and period.
rule-bare_equipment = Equipment alone
rule-bare_equipment-why = { count-refused }: equipment or technology needs training and maintenance with it, or somebody named to cover them.
rule-suitability = Suitability
rule-suitability-why = { count-refused }: an expert judged the offer unsuitable for this component.
rule-forbidden = Forbidden match
rule-forbidden-why = { count-refused }: the coordinator or one of the parties has ruled this match out.

## Rules of the plan: a short name, and what the rule does not allow.

rule-demand = Outstanding quantity
rule-demand-why = No component receives more than is still outstanding, and what cannot be divided comes whole.
rule-minimum = Least useful quantity
rule-minimum-why = Less than the least useful quantity helps nobody: a component receives at least that or nothing.
rule-capacity = Capacity of the offer
rule-capacity-why = An offer gives no more than it holds, in all and in each period.
rule-ticket = Size of one contribution
rule-ticket-why = The offer sets a least and a most for one request.
rule-state_limit = Limit for one State
rule-state_limit-why = The offer sets a most for one State.
rule-reach = Number of requests
rule-reach-why = The offer takes part in a limited number of requests.
rule-fragmentation = Number of providers
rule-fragmentation-why = The State coordinates a limited number of providers on this request.
rule-bundle = Bundle
rule-bundle-why = A component is served only together with what it requires, such as training and maintenance.
rule-choice = Alternatives
rule-choice-why = At most one of several alternatives is served.
rule-sustainability = Sustainability
rule-sustainability-why = The sustainability score, with the points of what is served, must reach the threshold.
rule-obstacle = Obstacle
rule-obstacle-why = A request with an obstacle is served only when something that reduces the obstacle is served or already under way.
rule-absorption = Absorptive capacity
rule-absorption-why = The State can take in a limited amount, and run a limited number of requests, in one period.
rule-channel = Funding channel
rule-channel-why = The funding channel can carry a limited amount.
rule-regional_floor = Regional floor
rule-regional_floor-why = Each region named receives at least its share of what it asked for.
rule-regional_ceiling = Regional ceiling
rule-regional_ceiling-why = No region named receives more than its share of the plan.
rule-package = Joint requests
rule-package-why = Joint requests are served together or not at all.
rule-precedence = Order of measures
rule-precedence-why = In one State, the law comes before the register and the register before marking.
rule-locked = Locked match
rule-locked-why = A match that the coordinator locked or the parties agreed on is kept.
