### Rules by name, and what to say when one stands in the way.

## How strictly a rule holds.

mode-enforce = appliquer
mode-warn = avertir
mode-off = désactiver

## Rules of eligibility: a short name, and why the rule refuses offers.

rule-area = Domaine d’activité
rule-area-why = { count-refused } : ce domaine d’activité n’est pas couvert.
rule-type = Type d’aide
rule-type-why = { count-refused } : ce type d’aide n’est pas proposé.
rule-unit_and_item = Unité et article
rule-unit_and_item-why = { count-refused } : l’aide en nature porte sur une autre unité ou un autre article.
rule-earmark = Affectation
rule-earmark-why = { count-refused } : l’État n’entre pas dans l’affectation ou dans les régions du canal de financement.
rule-context = Circonstances
rule-context-why = { count-refused } : les demandes présentées dans ces circonstances (conflit ou après conflit) ne sont pas acceptées.
rule-window = Période
rule-window-why = { count-refused } : il n’y a pas de période commune avec la demande.
rule-embargo = Embargo
rule-embargo-why = { count-refused } : un embargo vise cet État et ce type d’aide.
rule-consent = Consentement de l’État
rule-consent-why = { count-refused } : l’État exclut le fournisseur ou ne lui a pas communiqué la demande.
rule-contribution = Contribution nationale
rule-contribution-why = { count-refused } : la contribution nationale indiquée dans la demande est inférieure à ce qui est requis.
rule-sustainability_required = Durabilité exigée par le fournisseur
rule-sustainability_required-why = { count-refused } : la note de durabilité de la demande est inférieure au minimum accepté par le fournisseur.
rule-action_plan = Plan d’action national
rule-action_plan-why = { count-refused } : un plan d’action national à jour est requis ; la demande n’en mentionne pas ou en mentionne un ancien.
rule-report = Rapport national
rule-report-why = { count-refused } : un rapport national plus récent est requis.
rule-firm_only = Engagements fermes uniquement
rule-firm_only-why = { count-refused } : dans ce scénario, les annonces de contribution ne comptent pas, seuls les engagements comptent.
rule-duplication = Double emploi
rule-duplication-why = { count-refused } : un programme existant couvre déjà cet État, ce domaine, ce type d’aide et cette période.
rule-bare_equipment = Matériel seul
rule-bare_equipment-why = { count-refused } : le matériel ou la technologie doit s’accompagner de formation et d’entretien, ou d’un responsable désigné pour les assurer.
rule-suitability = Adéquation
rule-suitability-why = { count-refused } : selon un expert, l’offre ne convient pas à cette composante.
rule-forbidden = Appariement interdit
rule-forbidden-why = { count-refused } : le coordonnateur ou l’une des parties a exclu cet appariement.

## Rules of the plan: a short name, and what the rule does not allow.

rule-demand = Quantité restante
rule-demand-why = Aucune composante ne reçoit plus que ce qui reste à fournir, et ce qui est indivisible est fourni en entier.
rule-minimum = Quantité minimale utile
rule-minimum-why = Moins que la quantité minimale utile n’aide personne : une composante reçoit au moins cette quantité, ou rien.
rule-capacity = Capacité de l’offre
rule-capacity-why = Une offre ne donne pas plus que ce qu’elle contient, au total et pour chaque période.
rule-ticket = Montant d’une contribution
rule-ticket-why = L’offre fixe un minimum et un maximum par demande.
rule-state_limit = Plafond par État
rule-state_limit-why = L’offre fixe un maximum par État.
rule-reach = Nombre de demandes
rule-reach-why = L’offre ne porte que sur un nombre limité de demandes.
rule-fragmentation = Nombre de fournisseurs
rule-fragmentation-why = L’État coordonne un nombre limité de fournisseurs pour cette demande.
rule-bundle = Ensemble
rule-bundle-why = Une composante n’est servie qu’avec ce qu’elle exige, par exemple la formation et l’entretien.
rule-choice = Solutions de rechange
rule-choice-why = Une seule solution de rechange au plus est servie.
rule-sustainability = Durabilité
rule-sustainability-why = La note de durabilité, avec les points de ce qui est servi, doit atteindre le seuil.
rule-obstacle = Obstacle
rule-obstacle-why = Une demande qui se heurte à un obstacle n’est servie que si une mesure qui le réduit est servie ou déjà en cours.
rule-absorption = Capacité d’absorption
rule-absorption-why = L’État peut absorber un montant limité et mener un nombre limité de demandes par période.
rule-channel = Canal de financement
rule-channel-why = Le canal de financement ne peut acheminer qu’un montant limité.
rule-regional_floor = Plancher régional
rule-regional_floor-why = Chaque région désignée reçoit au moins sa part de ce qu’elle a demandé.
rule-regional_ceiling = Plafond régional
rule-regional_ceiling-why = Aucune région désignée ne reçoit plus que sa part du plan.
rule-package = Demandes conjointes
rule-package-why = Les demandes conjointes sont servies ensemble ou pas du tout.
rule-precedence = Ordre des mesures
rule-precedence-why = Dans un même État, la loi précède le registre et le registre précède le marquage.
rule-locked = Appariement verrouillé
rule-locked-why = Un appariement verrouillé par le coordonnateur ou convenu par les parties est conservé.
