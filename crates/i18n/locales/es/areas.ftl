### Names of areas, types of component, circumstances and obstacles, by their code.

## Areas of work, in the words of the Programme of Action and the International Tracing Instrument.

area-marking = Marcado
area-record_keeping = Registro
area-tracing = Localización
area-stockpile_norms = Gestión de existencias: normas
area-stockpile_procedures = Gestión de existencias: estructuras y procedimientos
area-stockpile_training = Gestión de existencias: capacitación
area-stockpile_personnel = Gestión de existencias: personal
area-stockpile_finance = Gestión de existencias: financiación
area-stockpile_infrastructure = Gestión de existencias: infraestructura
area-destruction = Destrucción
area-border = Control de fronteras
area-conflict_tracing = Localización en situaciones de conflicto y posconflicto
area-transfer_controls = Control de las transferencias
area-legislation = Leyes y reglamentos
area-reporting = Informes nacionales
area-ballistics = Información balística
area-illicit_manufacture = Fabricación ilícita
area-community = Seguridad y sensibilización de las comunidades

## Types of component.

type-funds = Fondos
type-equipment = Equipo
type-technology = Transferencia de tecnología
type-training = Capacitación
type-expertise = Conocimientos especializados
type-infrastructure = Infraestructura
type-maintenance = Mantenimiento y gastos de funcionamiento
type-legal = Asesoramiento jurídico
type-software = Programas informáticos

## Circumstances of a request.

context-none = Ni conflicto ni posconflicto
context-conflict = Conflicto
context-post_conflict = Posconflicto

## Obstacles that a request may name.

obstacle-no_budget = Sin presupuesto de funcionamiento
obstacle-staff_turnover = Rotación del personal capacitado
obstacle-no_maintenance = Sin mantenimiento
obstacle-no_power = Sin suministro eléctrico fiable
obstacle-no_site = Sin emplazamiento adecuado
obstacle-no_law = Sin base jurídica
obstacle-insecurity = Inseguridad
obstacle-other = Otro obstáculo

## Regions by their M49 code.

region-2 = África
region-5 = América del Sur
region-9 = Oceanía
region-11 = África occidental
region-13 = América Central
region-14 = África oriental
region-15 = África septentrional
region-17 = África central
region-18 = África meridional
region-19 = Américas
region-21 = América septentrional
region-29 = Caribe
region-30 = Asia oriental
region-34 = Asia meridional
region-35 = Asia sudoriental
region-39 = Europa meridional
region-53 = Australia y Nueva Zelandia
region-54 = Melanesia
region-57 = Micronesia
region-61 = Polinesia
region-142 = Asia
region-143 = Asia central
region-145 = Asia occidental
region-150 = Europa
region-151 = Europa oriental
region-154 = Europa septentrional
region-155 = Europa occidental
region-202 = África subsahariana
region-419 = América Latina y el Caribe
