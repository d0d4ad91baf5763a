### Texts of charts and of the tables beneath them.

## Flow of help.

chart-flow-title = Flow of help from providers to recipients
chart-flow-description = { count-providers }, { count-states }. The table below holds the same figures.
chart-flow-ribbon = { $provider } → { $recipient }: { $amount }
chart-other = Others ({ $number })
chart-share_used = { $amount } · { $share } used
chart-share_asked = { $amount } · { $share } of asked

## Other charts.

chart-heat-title = Coverage by region and area
chart-heat-description = Share of the help asked for that the plan gives. Darker and denser cells are better covered; an empty cell was not asked for.
chart-use-title = Use of each offer
chart-use-description = What the plan uses of each offer and what is left.
chart-life_cycle-title = Life cycle of stockpile management: what is missing
chart-life_cycle-description = Six elements: norms, structures and procedures, training, personnel, finance, infrastructure.
chart-progress-title = Best plan and bound over time
chart-progress-description = The plan found rises and the bound falls; where they meet, the plan is proven best.
chart-tradeoff-title = What one goal costs another
chart-tradeoff-description = Each point is a run. Points joined by the line are beaten by no other in both goals.
chart-map-title = Coverage by State and subregion
chart-map-description = One tile for each State, grouped by subregion. The tiles show no borders and imply no opinion on the status of any territory.

## Words of tables and axes.

chart-column-provider = Provider
chart-column-recipient = Recipient
chart-column-amount = Amount
chart-column-region = Region
chart-column-area = Area
chart-column-state = State
chart-column-offer = Offer
chart-column-coverage = Coverage
chart-column-total = Total
chart-column-time = Time
chart-column-best = Best plan
chart-column-bound = Bound
chart-column-run = Run
chart-level-none = Nothing
chart-level-full = All
