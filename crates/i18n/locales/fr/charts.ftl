### Texts of charts and of the tables beneath them.

## Flow of help.

chart-flow-title = Flux d’aide des fournisseurs vers les bénéficiaires
chart-flow-description = { count-providers }, { count-states }. Le tableau ci-dessous contient les mêmes chiffres.
chart-flow-ribbon = { $provider } → { $recipient } : { $amount }
chart-other = Autres ({ $number })
chart-share_used = { $amount } · { $share } utilisés
chart-share_asked = { $amount } · { $share } de la demande

## Other charts.

chart-heat-title = Couverture par région et par domaine
chart-heat-description = Part de l’aide demandée que le plan apporte. Les cases plus foncées et plus denses sont mieux couvertes ; une case vide n’a fait l’objet d’aucune demande.
chart-use-title = Utilisation de chaque offre
chart-use-description = Ce que le plan utilise de chaque offre et ce qui reste.
chart-life_cycle-title = Cycle de vie de la gestion des stocks : ce qui manque
chart-life_cycle-description = Six éléments : normes, structures et procédures, formation, personnel, financement, infrastructures.
chart-progress-title = Meilleur plan et borne au fil du temps
chart-progress-description = Le plan trouvé monte et la borne descend ; là où ils se rejoignent, le plan est prouvé optimal.
chart-tradeoff-title = Ce qu’un objectif coûte à un autre
chart-tradeoff-description = Chaque point est une exécution. Les points reliés par la ligne ne sont dépassés par aucun autre sur les deux objectifs.
chart-map-title = Couverture par État et par sous-région
chart-map-description = Une case par État, regroupées par sous-région. Les cases n’indiquent aucune frontière et n’impliquent aucune prise de position quant au statut d’un territoire.

## Words of tables and axes.

chart-column-provider = Fournisseur
chart-column-recipient = Bénéficiaire
chart-column-amount = Montant
chart-column-region = Région
chart-column-area = Domaine
chart-column-state = État
chart-column-offer = Offre
chart-column-coverage = Couverture
chart-column-total = Total
chart-column-time = Temps
chart-column-best = Meilleur plan
chart-column-bound = Borne
chart-column-run = Exécution
chart-level-none = Rien
chart-level-full = Tout
