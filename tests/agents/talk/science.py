"""What the experts themselves say, called directly with the inputs that a dialogue has come to."""

from __future__ import annotations

from typing import Any

from collegia.tools.registry import Registry

ATM = 101325.0
HOUR = 3600.0


class Science:
    """The functions of the experts, in SI units."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def call(self, expert: str, **inputs: Any) -> dict[str, Any]:
        """The outputs of one expert."""
        return dict(self._registry.experts[expert].call(inputs).values)

    def fluid(self, name: str, celsius: float, pressure: float = ATM) -> dict[str, Any]:
        """Properties of a fluid."""
        return self.call("fluid_properties", substance=name, temperature=celsius + 273.15, pressure=pressure)

    def bore(self, size: str, schedule: str = "40") -> float:
        """Inside diameter of a steel pipe."""
        return float(self.call("pipe_dimensions", nominal_size=size, schedule=schedule)["inside_diameter"])

    def velocity(self, flow: float, bore: float) -> float:
        """Mean velocity of a flow in m³/h."""
        return float(self.call("flow_velocity", volume_flow=flow / HOUR, diameter=bore)["velocity"])

    def pipe(
        self, flow: float, celsius: float, length: float, bore: float, fluid: str = "water", **more: float
    ) -> dict[str, Any]:
        """Pressure drop of a flow in m³/h, with all that comes with it."""
        of = self.fluid(fluid, celsius)
        told = {"density": of["density"], "viscosity": of["viscosity"], "diameter": bore, "length": length}
        return self.call("pipe_pressure_drop", velocity=self.velocity(flow, bore), **told, **more)

    def pump(self, flow: float, celsius: float, head: float, efficiency: float) -> dict[str, Any]:
        """Power of a pump for water, flow in m³/h."""
        density = self.fluid("water", celsius)["density"]
        rise = self.call("pressure_from_head", head=head, density=density)
        return self.call(
            "pump_power", volume_flow=flow / HOUR, pressure_rise=next(iter(rise.values())), efficiency=efficiency
        )

    def vapour_pressure(self, name: str, celsius: float) -> float:
        """Vapour pressure in Pa."""
        return float(self.call("vapour_pressure", substance=name, temperature=celsius + 273.15)["vapour_pressure"])

    def boiling(self, name: str, pressure: float) -> dict[str, Any]:
        """Saturation at an absolute pressure."""
        return self.call("saturation_properties", substance=name, pressure=pressure)

    def lmtd(self, *celsius: float, arrangement: str = "counterflow") -> float:
        """LMTD of hot in, hot out, cold in, cold out."""
        names = ("hot_start", "hot_end", "cold_start", "cold_end")
        ends = {name: one + 273.15 for name, one in zip(names, celsius, strict=True)}
        return float(self.call("lmtd", arrangement=arrangement, **ends)["lmtd"])

    def duty(self, flow: float, start: float, end: float, fluid: str = "water") -> float:
        """Heat duty of a stream in kg/s between two temperatures in °C."""
        heat = self.call(
            "mean_heat_capacity", substance=fluid, temperature_start=start + 273.15, temperature_end=end + 273.15,
            pressure=ATM,
        )  # fmt: skip
        return float(
            self.call(
                "heat_duty", mass_flow=flow, heat_capacity=next(iter(heat.values())), temperature_start=start + 273.15,
                temperature_end=end + 273.15,
            )["heat_duty"]
        )  # fmt: skip

    def reactor(self, sort: str, flow: float, per_minute: float, conversion: float) -> float:
        """Volume of a reactor for a first-order reaction, flow in m³/h."""
        inputs = {"volume_flow": flow / HOUR, "rate_constant": per_minute / 60, "conversion": conversion}
        return float(self.call(f"{sort}_volume", reaction_order=1.0, **inputs)[f"{sort}_volume"])

    def steam(self, watts: float, pressure: float) -> float:
        """Condensate of a heat duty, in kg/s, at an absolute pressure."""
        latent = self.boiling("water", pressure)["latent_heat"]
        return float(
            self.call("condensate_flow", heat_duty=watts, latent_heat=latent, condensing_medium="condensing")[
                "condensate_flow"
            ]
        )
