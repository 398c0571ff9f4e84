"""The substances that industry names daily: plain name | CAS number | CoolProp's name | synonyms, parted by `;`.

Formulae that are also words or units of a question ("He", "NO", "Ne", "EO") are left out on purpose.
"""

# ruff: noqa: E501  # one substance a line reads as a table

from __future__ import annotations

__all__ = ["CLASS_WORDS", "ORDINARY_WORDS", "TABLE", "UNCLEAR"]

TABLE = """
water | 7732-18-5 | Water | H2O; H₂O; steam; condensate; cooling water; hot water; cold water; chilled water; boiler feed water; boiler feedwater; feedwater; feed water; BFW; tap water; river water; demineralised water; demineralized water; demin water; deionised water; deionized water; DI water; distilled water; process water; wash water; fresh water; freshwater; pure water; steam condensate; water vapour; water vapor; saturated steam; superheated steam; cooling tower water; ice water
air | 132259-10-0 | Air | dry air; compressed air; ambient air; instrument air; plant air; combustion air; atmospheric air; room air
heavy water | 7789-20-0 | HeavyWater | D2O; deuterium oxide
nitrogen | 7727-37-9 | Nitrogen | N2; N₂; GN2; LN2; nitrogen gas; dinitrogen
oxygen | 7782-44-7 | Oxygen | O2; O₂; LOX; oxygen gas; dioxygen
hydrogen | 1333-74-0 | Hydrogen | H2; H₂; hydrogen gas; LH2; dihydrogen
deuterium | 7782-39-0 | Deuterium | D2
helium | 7440-59-7 | Helium | helium gas
neon | 7440-01-9 | Neon |
argon | 7440-37-1 | Argon | argon gas
krypton | 7439-90-9 | Krypton |
xenon | 7440-63-3 | Xenon |
carbon dioxide | 124-38-9 | CarbonDioxide | CO2; CO₂; carbonic anhydride; R744; R-744
carbon monoxide | 630-08-0 | CarbonMonoxide | CO
ammonia | 7664-41-7 | Ammonia | NH3; NH₃; R717; R-717; anhydrous ammonia
hydrogen sulfide | 7783-06-4 | HydrogenSulfide | H2S; H₂S; hydrogen sulphide; sour gas component; sulfane
sulfur dioxide | 7446-09-5 | SulfurDioxide | SO2; SO₂; sulphur dioxide; R764; R-764
sulfur trioxide | 7446-11-9 | | SO3; SO₃; sulphur trioxide
sulfur hexafluoride | 2551-62-4 | SulfurHexafluoride | SF6; SF₆; sulphur hexafluoride
carbonyl sulfide | 463-58-1 | CarbonylSulfide | COS; carbonyl sulphide
carbon disulfide | 75-15-0 | | CS2; CS₂; carbon disulphide
nitrous oxide | 10024-97-2 | NitrousOxide | N2O; N₂O; laughing gas
nitric oxide | 10102-43-9 | | nitrogen monoxide
nitrogen dioxide | 10102-44-0 | | NO2; NO₂
chlorine | 7782-50-5 | Chlorine | Cl2; Cl₂; chlorine gas
bromine | 7726-95-6 | | Br2; Br₂
iodine | 7553-56-2 | | I2; I₂
fluorine | 7782-41-4 | Fluorine | F2; F₂
hydrogen chloride | 7647-01-0 | HydrogenChloride | HCl; HCl gas; anhydrous hydrogen chloride
hydrogen fluoride | 7664-39-3 | | HF; anhydrous hydrogen fluoride
hydrogen cyanide | 74-90-8 | | HCN; prussic acid
hydrogen peroxide | 7722-84-1 | | H2O2; H₂O₂
ozone | 10028-15-6 | | O3; O₃
phosgene | 75-44-5 | | COCl2
sulfuric acid | 7664-93-9 | | H2SO4; H₂SO₄; sulphuric acid
nitric acid | 7697-37-2 | | HNO3; HNO₃
phosphoric acid | 7664-38-2 | | H3PO4; orthophosphoric acid
hydrazine | 302-01-2 | | N2H4
mercury | 7439-97-6 | | Hg; quicksilver
sodium | 7440-23-5 | | liquid metal sodium
sodium hydroxide | 1310-73-2 | | NaOH
sodium chloride | 7647-14-5 | | NaCl
sulfur | 7704-34-9 | | sulphur; molten sulphur; molten sulfur
urea | 57-13-6 | | carbamide
silane | 7803-62-5 | | SiH4
methane | 74-82-8 | Methane | CH4; CH₄; R50; R-50
ethane | 74-84-0 | Ethane | C2H6; C₂H₆; R170; R-170
propane | 74-98-6 | n-Propane | C3H8; C₃H₈; R290; R-290; n-propane
butane | 106-97-8 | n-Butane | n-butane; nC4; n-C4H10; R600; R-600; normal butane; C4H10
isobutane | 75-28-5 | IsoButane | i-butane; iso-butane; iC4; i-C4H10; R600a; R-600a; 2-methylpropane; methylpropane
pentane | 109-66-0 | n-Pentane | n-pentane; nC5; C5H12; normal pentane; R601; R-601
isopentane | 78-78-4 | Isopentane | i-pentane; iso-pentane; iC5; 2-methylbutane; R601a; R-601a
neopentane | 463-82-1 | Neopentane | 2,2-dimethylpropane
hexane | 110-54-3 | n-Hexane | n-hexane; nC6; C6H14; normal hexane
isohexane | 107-83-5 | Isohexane | 2-methylpentane; iso-hexane
heptane | 142-82-5 | n-Heptane | n-heptane; nC7; C7H16; normal heptane
octane | 111-65-9 | n-Octane | n-octane; nC8; C8H18; normal octane
isooctane | 540-84-1 | | iso-octane; 2,2,4-trimethylpentane
nonane | 111-84-2 | n-Nonane | n-nonane; nC9; C9H20
decane | 124-18-5 | n-Decane | n-decane; nC10; C10H22
undecane | 1120-21-4 | n-Undecane | n-undecane; C11H24
dodecane | 112-40-3 | n-Dodecane | n-dodecane; C12H26
hexadecane | 544-76-3 | | n-hexadecane; cetane; C16H34
ethylene | 74-85-1 | Ethylene | C2H4; C₂H₄; ethene; R1150; R-1150
propylene | 115-07-1 | Propylene | C3H6; C₃H₆; propene; R1270; R-1270
acetylene | 74-86-2 | | C2H2; C₂H₂; ethyne
propyne | 74-99-7 | Propyne | methylacetylene; methyl acetylene
1-butene | 106-98-9 | 1-Butene | but-1-ene; butene-1; alpha-butylene
isobutene | 115-11-7 | IsoButene | isobutylene; iso-butene; 2-methylpropene
cis-2-butene | 590-18-1 | cis-2-Butene | cis-but-2-ene
trans-2-butene | 624-64-6 | trans-2-Butene | trans-but-2-ene
1,3-butadiene | 106-99-0 | | butadiene; C4H6
isoprene | 78-79-5 | | 2-methyl-1,3-butadiene
1-hexene | 592-41-6 | | hex-1-ene
1-octene | 111-66-0 | | oct-1-ene
cyclopropane | 75-19-4 | CycloPropane |
cyclopentane | 287-92-3 | Cyclopentane |
cyclohexane | 110-82-7 | CycloHexane | C6H12
methylcyclohexane | 108-87-2 | |
cyclohexene | 110-83-8 | |
benzene | 71-43-2 | Benzene | C6H6; C₆H₆
toluene | 108-88-3 | Toluene | C7H8; methylbenzene; toluol
o-xylene | 95-47-6 | o-Xylene | ortho-xylene; orthoxylene; 1,2-dimethylbenzene
m-xylene | 108-38-3 | m-Xylene | meta-xylene; metaxylene; 1,3-dimethylbenzene
p-xylene | 106-42-3 | p-Xylene | para-xylene; paraxylene; 1,4-dimethylbenzene
ethylbenzene | 100-41-4 | EthylBenzene | ethyl benzene
styrene | 100-42-5 | | vinylbenzene; styrene monomer
cumene | 98-82-8 | | isopropylbenzene
naphthalene | 91-20-3 | | C10H8
biphenyl | 92-52-4 | | diphenyl
phenol | 108-95-2 | | C6H5OH; carbolic acid
o-cresol | 95-48-7 | | ortho-cresol; 2-methylphenol
m-cresol | 108-39-4 | | meta-cresol; 3-methylphenol
p-cresol | 106-44-5 | | para-cresol; 4-methylphenol
aniline | 62-53-3 | | phenylamine
nitrobenzene | 98-95-3 | |
chlorobenzene | 108-90-7 | | monochlorobenzene; MCB
pyridine | 110-86-1 | |
furfural | 98-01-1 | |
methanol | 67-56-1 | Methanol | CH3OH; MeOH; methyl alcohol; wood alcohol
ethanol | 64-17-5 | Ethanol | C2H5OH; EtOH; ethyl alcohol; absolute alcohol
1-propanol | 71-23-8 | | n-propanol; propan-1-ol; n-propyl alcohol
isopropanol | 67-63-0 | | IPA; 2-propanol; isopropyl alcohol; propan-2-ol; iso-propanol
1-butanol | 71-36-3 | | n-butanol; butan-1-ol; n-butyl alcohol
2-butanol | 78-92-2 | | sec-butanol; butan-2-ol
isobutanol | 78-83-1 | | 2-methyl-1-propanol; iso-butanol; isobutyl alcohol
tert-butanol | 75-65-0 | | t-butanol; tert-butyl alcohol; TBA
1-octanol | 111-87-5 | | n-octanol; octan-1-ol
cyclohexanol | 108-93-0 | |
ethylene glycol | 107-21-1 | | MEG; monoethylene glycol; mono ethylene glycol; 1,2-ethanediol; ethane-1,2-diol
diethylene glycol | 111-46-6 | |
triethylene glycol | 112-27-6 | | TEG
propylene glycol | 57-55-6 | PropyleneGlycol | MPG; monopropylene glycol; 1,2-propanediol; propane-1,2-diol
glycerol | 56-81-5 | | glycerine; glycerin
acetone | 67-64-1 | Acetone | propanone; dimethyl ketone; 2-propanone; propan-2-one
methyl ethyl ketone | 78-93-3 | | MEK; 2-butanone; butanone
methyl isobutyl ketone | 108-10-1 | | MIBK; 4-methyl-2-pentanone
cyclohexanone | 108-94-1 | |
formaldehyde | 50-00-0 | | methanal; HCHO
acetaldehyde | 75-07-0 | | ethanal
acrolein | 107-02-8 | |
formic acid | 64-18-6 | | methanoic acid; HCOOH
acetic acid | 64-19-7 | | CH3COOH; glacial acetic acid; ethanoic acid
propionic acid | 79-09-4 | | propanoic acid
acrylic acid | 79-10-7 | |
acetic anhydride | 108-24-7 | |
maleic anhydride | 108-31-6 | |
methyl acetate | 79-20-9 | |
ethyl acetate | 141-78-6 | | EtOAc
n-butyl acetate | 123-86-4 | | butyl acetate
vinyl acetate | 108-05-4 | | vinyl acetate monomer; VAM
methyl methacrylate | 80-62-6 | | MMA
dimethyl carbonate | 616-38-6 | DimethylCarbonate | DMC
diethyl ether | 60-29-7 | DiethylEther | ethyl ether; ethoxyethane
dimethyl ether | 115-10-6 | DimethylEther | DME; methoxymethane
methyl tert-butyl ether | 1634-04-4 | | MTBE; methyl tertiary butyl ether
tetrahydrofuran | 109-99-9 | Tetrahydrofuran | THF
1,4-dioxane | 123-91-1 | | dioxane
ethylene oxide | 75-21-8 | EthyleneOxide | oxirane
propylene oxide | 75-56-9 | | methyloxirane
acetonitrile | 75-05-8 | | MeCN; methyl cyanide
acrylonitrile | 107-13-1 | | vinyl cyanide
dimethylformamide | 68-12-2 | | DMF; N,N-dimethylformamide
dimethyl sulfoxide | 67-68-5 | | DMSO; dimethyl sulphoxide
n-methyl-2-pyrrolidone | 872-50-4 | | NMP; N-methylpyrrolidone; N-methyl-2-pyrrolidone
methylamine | 74-89-5 | | monomethylamine
dimethylamine | 124-40-3 | | DMA
trimethylamine | 75-50-3 | | TMA
triethylamine | 121-44-8 | |
monoethanolamine | 141-43-5 | | MEA; ethanolamine; 2-aminoethanol
diethanolamine | 111-42-2 | | DEA
methyldiethanolamine | 105-59-9 | | MDEA; N-methyldiethanolamine
ethylamine | 75-04-7 | | monoethylamine
diethylamine | 109-89-7 | |
limonene | 5989-27-5 | | d-limonene
caprolactam | 105-60-2 | |
tetralin | 119-64-2 | | 1,2,3,4-tetrahydronaphthalene
1-hexanol | 111-27-3 | | n-hexanol; hexan-1-ol
methyl mercaptan | 74-93-1 | | methanethiol
chloromethane | 74-87-3 | R40 | methyl chloride; CH3Cl; R40; R-40
dichloromethane | 75-09-2 | | DCM; methylene chloride; CH2Cl2; R30; R-30
chloroform | 67-66-3 | | trichloromethane; CHCl3
carbon tetrachloride | 56-23-5 | | CCl4; tetrachloromethane
1,2-dichloroethane | 107-06-2 | Dichloroethane | EDC; ethylene dichloride
trichloroethylene | 79-01-6 | | TCE; trichloroethene
tetrachloroethylene | 127-18-4 | | perchloroethylene; PCE
vinyl chloride | 75-01-4 | VinylChloride | VCM; vinyl chloride monomer; chloroethene
R11 | 75-69-4 | R11 | R-11; CFC-11; trichlorofluoromethane
R12 | 75-71-8 | R12 | R-12; CFC-12; dichlorodifluoromethane
R13 | 75-72-9 | R13 | R-13
R14 | 75-73-0 | R14 | R-14; carbon tetrafluoride; tetrafluoromethane; CF4
R22 | 75-45-6 | R22 | R-22; HCFC-22; chlorodifluoromethane
R23 | 75-46-7 | R23 | R-23; HFC-23; trifluoromethane; fluoroform
R32 | 75-10-5 | R32 | R-32; HFC-32; difluoromethane
R41 | 593-53-3 | R41 | R-41; fluoromethane
R113 | 76-13-1 | R113 | R-113
R114 | 76-14-2 | R114 | R-114
R115 | 76-15-3 | R115 | R-115
R116 | 76-16-4 | R116 | R-116; hexafluoroethane
R123 | 306-83-2 | R123 | R-123; HCFC-123
R124 | 2837-89-0 | R124 | R-124
R125 | 354-33-6 | R125 | R-125; HFC-125; pentafluoroethane
R134a | 811-97-2 | R134a | R-134a; R134A; R 134a; HFC-134a; 1,1,1,2-tetrafluoroethane
R141b | 1717-00-6 | R141b | R-141b
R142b | 75-68-3 | R142b | R-142b
R143a | 420-46-2 | R143a | R-143a; 1,1,1-trifluoroethane
R152a | 75-37-6 | R152A | R-152a; HFC-152a; 1,1-difluoroethane
R161 | 353-36-6 | R161 | R-161; fluoroethane
R218 | 76-19-7 | R218 | R-218; octafluoropropane; perfluoropropane
R227ea | 431-89-0 | R227EA | R-227ea; HFC-227ea
R236fa | 690-39-1 | R236FA | R-236fa
R245fa | 460-73-1 | R245fa | R-245fa; HFC-245fa
R365mfc | 406-58-6 | R365MFC | R-365mfc
R404A | 354-33-6,420-46-2,811-97-2 | R404A | R-404A; R404a
R407C | 75-10-5,354-33-6,811-97-2 | R407C | R-407C; R407c
R410A | 75-10-5,354-33-6 | R410A | R-410A; R410a
R507A | 354-33-6,420-46-2 | R507A | R-507A; R507; R-507
R1233zd(E) | 102687-65-0 | R1233zd(E) | R1233zd; R-1233zd; R-1233zd(E)
R1234yf | 754-12-1 | R1234yf | R-1234yf; HFO-1234yf
R1234ze(E) | 29118-24-9 | R1234ze(E) | R1234ze; R-1234ze; R-1234ze(E); HFO-1234ze
octamethylcyclotetrasiloxane | 556-67-2 | D4 |
hexamethyldisiloxane | 107-46-0 | MM |
"""

UNCLEAR = """
refrigerant; refrigerants; freon; HFC; HFO | Which refrigerant do you mean: R134a, R410A, R32, ammonia (R717), propane (R290) or another?
oil; thermal oil; hot oil; heat transfer oil; lube oil; lubricating oil; mineral oil; hydraulic oil; vegetable oil; silicone oil; Therminol; Dowtherm; heat transfer fluid | Oils have no single property data: what are its density, viscosity or heat capacity?
crude oil; crude; fuel oil; heavy fuel oil; HFO oil; diesel; diesel oil; gas oil; kerosene; jet fuel; naphtha; gasoline; petrol; bitumen; residue; white spirit; light oil | This is a blend with no single property data: what are its density, viscosity or heat capacity?
hydrocarbon; hydrocarbons; hydrocarbon liquid; hydrocarbon gas; paraffin; alkane; alkanes; olefin; aromatics | Which hydrocarbon, or which composition, do you mean?
solvent; solvents; organic solvent; organic liquid; organics; alcohol; ketone; amine | Which one do you mean? Name the compound (for example ethanol, acetone, toluene).
xylene; xylenes; xylol; mixed xylenes | Which xylene: o-xylene, m-xylene or p-xylene?
cresol; cresols | Which cresol: o-cresol, m-cresol or p-cresol?
octanol; octyl alcohol | Which octanol: 1-octanol or 2-ethylhexanol?
propanol; propyl alcohol | Which propanol: 1-propanol or isopropanol (2-propanol)?
butanol; butyl alcohol | Which butanol: 1-butanol, 2-butanol, isobutanol or tert-butanol?
butene; butenes; butylene; butylenes; 2-butene | Which butene: 1-butene, cis-2-butene, trans-2-butene or isobutene?
butanes; mixed butanes | Which butane: n-butane or isobutane?
pentanes | Which pentane: n-pentane, isopentane or neopentane?
hexanes | Which hexane: n-hexane or isohexane?
dichloroethane | Which dichloroethane: 1,1-dichloroethane or 1,2-dichloroethane (EDC)?
glycol; glycols; water-glycol; glycol water; glycol-water mixture; antifreeze | Which glycol (ethylene, propylene, diethylene or triethylene glycol), and what strength in water?
brine; salt solution; calcium chloride brine; sodium chloride solution; salt water | Which salt and what strength has the brine, or what are its density, viscosity or heat capacity?
seawater; sea water | Sea water has no entry in the property data: what are its density, viscosity or heat capacity?
hydrochloric acid; muriatic acid; caustic; caustic soda; caustic solution; lye; caustic soda solution; ammonia solution; aqueous ammonia; ammonia water; formalin; bleach; oleum; dilute sulphuric acid; dilute sulfuric acid | This is an aqueous solution: what strength, or what are its density, viscosity or heat capacity?
coolant; cooling medium; heating medium; thermal fluid; process fluid; process liquid; process stream; a liquid; a fluid; viscous liquid; heavy liquid; light liquid; polymer solution | Which fluid do you mean? Name it, or state the property that is needed.
slurry; sludge; suspension; pulp; mud; emulsion; liquor; black liquor; mother liquor; syrup; juice; milk; beer; wine; wort; molasses; wastewater; waste water; sewage; effluent; broth; fermentation broth; paint; resin; honey; latex; melt; polymer melt; foam | It has no entry in the property data: what are its density, viscosity or heat capacity?
product stream; reaction mixture; reactor effluent; reactor contents; feed stream; bottoms product; overhead product | Which substance is it? Name it, or state the property that is needed.
LPG; liquefied petroleum gas | Which composition has the LPG: propane, butane or a mixture?
natural gas; fuel gas; LNG; biogas; syngas; synthesis gas; sour gas; town gas; coke oven gas; blast furnace gas; landfill gas; associated gas; refinery gas | Which composition has the gas? Name its main compound (for example methane), or state the property that is needed.
flue gas; exhaust gas; stack gas; off-gas; off gas; offgas; tail gas; combustion gas; process gas; waste gas; vent gas; recycle gas; hot gas; combustion products | Which composition has the gas? State the property that is needed (density, heat capacity, molar mass).
"""

# Class names, materials and words of plain English that the identifiers hold as some chemical's main name.
ORDINARY_WORDS = """
accelerate acetate aluminium aluminum ammonium brass bronze carbon carbonate chaps chloride chrome chromium cobalt copper
fluoride graphite harman hydride hydroxide india indigo magnesium manganese molybdenum monoxide nickel niobium nitrate
nitride oxide phosphate pipes platinum polyamide quartz release rhein selective silica silicon silver steel sulfate sulfide
talbot tantalum telluride tindal titanium trimm tungsten tutin urethane vanadium zirconia zirconium
"""

# Last words by which a phrase of several words names a compound.
CLASS_WORDS = """
acid acetate acrylate adipate alcohol aldehyde amide amine anhydride benzoate bromide butyrate carbonate chloride cyanide
disulfide ether fluoride formate glycol hydride hydroxide iodide ketone lactate mercaptan methacrylate nitrate nitrite oxide
peroxide phosphate propionate silicate stearate sulfate sulfide sulfite trioxide
"""
