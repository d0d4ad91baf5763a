### Rules by name, and what to say when one stands in the way.

## How strictly a rule holds.

mode-enforce = aplicar
mode-warn = advertir
mode-off = desactivar

## Rules of eligibility: a short name, and why the rule refuses offers.

rule-area = Esfera de trabajo
rule-area-why = { count-refused }: esta esfera de trabajo no está cubierta.
rule-type = Tipo de ayuda
rule-type-why = { count-refused }: no se presta este tipo de ayuda.
rule-unit_and_item = Unidad y artículo
rule-unit_and_item-why = { count-refused }: la ayuda en especie se ofrece en otra unidad o es otro artículo.
rule-earmark = Asignación para fines específicos
rule-earmark-why = { count-refused }: el Estado queda fuera de la asignación para fines específicos o de las regiones del canal de financiación.
rule-context = Circunstancias
rule-context-why = { count-refused }: no se aceptan solicitudes en estas circunstancias (conflicto o posconflicto).
rule-window = Período
rule-window-why = { count-refused }: no hay ningún período en común con la solicitud.
rule-embargo = Embargo
rule-embargo-why = { count-refused }: un embargo afecta a este Estado y a este tipo de ayuda.
rule-consent = Consentimiento del Estado
rule-consent-why = { count-refused }: el Estado excluye al proveedor o no le ha distribuido la solicitud.
rule-contribution = Contribución nacional
rule-contribution-why = { count-refused }: la contribución nacional indicada en la solicitud es inferior a la exigida.
rule-sustainability_required = Sostenibilidad exigida por el proveedor
rule-sustainability_required-why = { count-refused }: la puntuación de sostenibilidad de la solicitud es inferior al mínimo que acepta el proveedor.
rule-action_plan = Plan de acción nacional
rule-action_plan-why = { count-refused }: se exige un plan de acción nacional actualizado y la solicitud no menciona ninguno o menciona uno antiguo.
rule-report = Informe nacional
rule-report-why = { count-refused }: se exige un informe nacional más reciente.
rule-firm_only = Solo compromisos firmes
rule-firm_only-why = { count-refused }: en este escenario no cuentan las promesas de contribución, solo los compromisos.
rule-duplication = Duplicación
rule-duplication-why = { count-refused }: un programa existente ya cubre este Estado, esfera, tipo de ayuda y período.
rule-bare_equipment = Equipo por sí solo
rule-bare_equipment-why = { count-refused }: el equipo o la tecnología necesita capacitación y mantenimiento, o alguien designado para cubrirlos.
rule-suitability = Idoneidad
rule-suitability-why = { count-refused }: según un experto, la oferta no es adecuada para este componente.
rule-forbidden = Correspondencia prohibida
rule-forbidden-why = { count-refused }: el coordinador o una de las partes ha descartado esta correspondencia.

## Rules of the plan: a short name, and what the rule does not allow.

rule-demand = Cantidad pendiente
rule-demand-why = Ningún componente recibe más de lo que queda pendiente, y lo que no puede dividirse se entrega entero.
rule-minimum = Cantidad mínima útil
rule-minimum-why = Menos que la cantidad mínima útil no ayuda a nadie: un componente recibe al menos esa cantidad o nada.
rule-capacity = Capacidad de la oferta
rule-capacity-why = Una oferta no da más de lo que contiene, en total y en cada período.
rule-ticket = Tamaño de una contribución
rule-ticket-why = La oferta fija un mínimo y un máximo por solicitud.
rule-state_limit = Límite por Estado
rule-state_limit-why = La oferta fija un máximo por Estado.
rule-reach = Número de solicitudes
rule-reach-why = La oferta participa en un número limitado de solicitudes.
rule-fragmentation = Número de proveedores
rule-fragmentation-why = El Estado coordina un número limitado de proveedores en esta solicitud.
rule-bundle = Conjunto
rule-bundle-why = Un componente solo se atiende junto con lo que requiere, como la capacitación y el mantenimiento.
rule-choice = Alternativas
rule-choice-why = Se atiende como máximo una de varias alternativas.
rule-sustainability = Sostenibilidad
rule-sustainability-why = La puntuación de sostenibilidad, con los puntos de lo atendido, debe alcanzar el umbral.
rule-obstacle = Obstáculo
rule-obstacle-why = Una solicitud con un obstáculo solo se atiende cuando se atiende, o ya está en marcha, algo que lo reduzca.
rule-absorption = Capacidad de absorción
rule-absorption-why = El Estado puede absorber una cantidad limitada y llevar un número limitado de solicitudes en un período.
rule-channel = Canal de financiación
rule-channel-why = El canal de financiación puede canalizar una cantidad limitada.
rule-regional_floor = Mínimo regional
rule-regional_floor-why = Cada región indicada recibe al menos su parte de lo que ha pedido.
rule-regional_ceiling = Máximo regional
rule-regional_ceiling-why = Ninguna región indicada recibe más que su parte del plan.
rule-package = Solicitudes conjuntas
rule-package-why = Las solicitudes conjuntas se atienden juntas o no se atienden.
rule-precedence = Orden de las medidas
rule-precedence-why = En un mismo Estado, la ley precede al registro y el registro precede al marcado.
rule-locked = Correspondencia fijada
rule-locked-why = Se mantiene la correspondencia fijada por el coordinador o acordada por las partes.
