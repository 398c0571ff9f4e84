"""The generic domain: what follows from known quantities by plain arithmetic, whatever the field."""

from __future__ import annotations

from collegia.domains.arithmetic import annual, comparisons, conversions, costs, rates, shapes
from collegia.tools import Domain

__all__ = ["domain"]


def domain() -> Domain:
    """Describe the arithmetic domain to the registry."""
    return Domain(
        name="arithmetic",
        title="Plain arithmetic with quantities",
        functions=(
            costs.mass_cost,
            costs.volume_cost,
            costs.amount_cost,
            costs.energy_cost,
            costs.power_cost_rate,
            costs.material_cost_rate,
            costs.price_per_mass,
            costs.price_per_volume,
            rates.mass_passed,
            rates.volume_passed,
            rates.amount_passed,
            rates.energy_used,
            rates.electricity_used,
            rates.distance_travelled,
            rates.time_for_mass,
            rates.time_for_volume,
            rates.time_for_energy,
            rates.time_for_length,
            rates.mean_mass_flow,
            rates.mean_volume_flow,
            rates.mean_power,
            rates.mean_velocity,
            annual.annual_energy_use,
            annual.annual_energy_cost,
            annual.annual_power_cost,
            annual.annual_energy_bill,
            annual.annual_production,
            annual.annual_volume_passed,
            annual.annual_material_cost,
            annual.annual_volume_cost,
            shapes.circle_area,
            shapes.circle_diameter,
            shapes.volume_of_body,
            shapes.area_for_flow,
            shapes.velocity_through_area,
            shapes.flow_through_area,
            shapes.density_of_body,
            shapes.mass_of_volume,
            shapes.volume_of_mass,
            *comparisons.FUNCTIONS,
            *conversions.EXPERTS,
        ),
        start=("before", "originally"),
        end=("after", "afterwards"),
        scope="costs, totals, rates, times, shares and savings of known quantities",
        ask=(
            "How long does it take to fill 12 m³ at 25 L/min?",
            "A motor draws 20 kW for 8000 h/yr. What is the annual electricity bill at 0.11 USD/kWh?",
            "Power falls from 250 kW to 200 kW. What is the saving in percent?",
        ),
    )
