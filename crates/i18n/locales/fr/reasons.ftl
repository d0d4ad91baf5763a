### Goals, statuses, and why a component is or is not served.

## Goals: a short name, and what each strives for.

goal-coverage = Couverture des priorités
goal-coverage-meaning = Le plus possible de l’aide demandée, en commençant par le plus urgent.
goal-completed = Demandes satisfaites en totalité
goal-completed-meaning = Le plus grand nombre possible de demandes satisfaites en totalité, pondérées selon leur priorité.
goal-equity = Équité
goal-equity-meaning = Le premier dixième des besoins de chaque État compte le plus, afin qu’aucun ne reste sans rien.
goal-synergy = Synergie
goal-synergy-meaning = Marquage, conservation des informations et traçage associés à la gestion des stocks dans un même État, et cibles communes des objectifs de développement durable.
goal-sustainability = Durabilité
goal-sustainability-meaning = Des résultats qui durent une fois l’aide terminée.
goal-stability = Stabilité
goal-stability-meaning = Peu de changements par rapport à un plan antérieur.
goal-economy = Économie
goal-economy-meaning = Peu de fournisseurs par demande et peu de dépenses d’acheminement.

## States of a run and verdicts on its plan.

status-queued = En attente
status-running = En cours
status-succeeded = Terminée
status-optimal = Optimalité prouvée
status-within_gap = Prouvé dans l’écart demandé
status-limit = Arrêtée par une limite
status-infeasible = Aucun plan ne respecte les règles
status-failed = Échec
status-cancelled = Annulée

## Why a component is not served, or only partly.

reason-no_eligible_offer = Aucune offre ne peut servir cette composante.
reason-outbid = L’offre { $offer } est allée à des composantes de plus grand poids.
reason-outbid-many = À même de la servir, mais au profit de composantes de plus grand poids : { count-offers }.
reason-outbid-unnamed = Ce qui pouvait la servir est allé à des composantes de plus grand poids.
reason-outbid-priority = Avec la priorité { $priority }, cette demande l’emporterait.
reason-required_unserved = Elle exige { $component }, qui n’est pas servie.
reason-alternative_served = La solution de rechange { $component } est servie à sa place.
reason-package_unserved = La demande conjointe { $request } n’est pas servie.
reason-obstacle_unmitigated = Rien ne réduit cet obstacle : { $obstacle }.
reason-sustainability_short =
    { $missing ->
        [one] Il manque { $missing } point pour atteindre le seuil de durabilité.
       *[other] Il manque { $missing } points pour atteindre le seuil de durabilité.
    }
reason-minimum_unreachable = Les offres qui peuvent la servir atteignent ensemble { $reachable }, moins que la quantité minimale utile.
reason-absorption = L’État { $state } ne peut absorber davantage pendant la période { $period }.
reason-rule_binds = La règle « { $rule } » ne laisse pas de marge.
reason-only = Parmi celles-ci, sans autre obstacle que cette règle : { count-offers }.
reason-missing = Manque : { $quantity } { $unit }

## Why a round leaves a request out.

left-out-not_authenticated = Au moment où le cycle a été figé, aucun coordonnateur n’avait encore authentifié cette demande.
left-out-returned = Au moment où le cycle a été figé, cette demande avait été renvoyée et n’avait pas encore été présentée à nouveau.
left-out-not_circulated = Au moment où le cycle a été figé, cette demande était authentifiée, mais son État n’avait pas encore consenti à sa diffusion.
left-out-nothing_outstanding = Au moment où le cycle a été figé, il ne restait rien à fournir pour cette demande : tout avait été reçu, promis ou couvert autrement.
left-out-outside_horizon = Les périodes pendant lesquelles cette aide peut être utilisée se situent hors de celles du cycle.
left-out-package_incomplete = Au moment où le cycle a été figé, une autre demande de cet ensemble avait été présentée et ne pouvait pas y participer : l’ensemble est pris en entier ou pas du tout.
left-out-after_cut_off = Cette demande a été diffusée après la date limite du cycle.
left-out-components = Cela concerne les composantes suivantes : { $components }.

## The smallest change that would serve a component.

change-setting = Dans { $file }, { $id } : remplacer { $field } { $from } par { $to }.
change-result = Avec ce changement, la composante recevrait { $quantity } { $unit }.
change-none = Aucun changement unique permettant de la servir n’a été trouvé.

## Why a match is worth what it is, and how an offer is used.

match-score = { $score } par unité : poids { $weight } × valeur { $worth } × adéquation { $fit } / 1000
match-bound_by = Pas davantage en raison de : { $rules }
offer-used = Utilisé
offer-left = Restant
offer-why_left = Restant en raison de : { $rules }
offer-marginal = Une unité de plus ajouterait { $value } au premier objectif.
