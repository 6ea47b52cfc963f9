"""The map of tiles: every municipality once, none on top of another, the order of the land kept."""

from mcc.actions.municipalities import municipalities
from mcc.web.map import break_name, draw_map, place_tiles


def test_every_municipality_has_a_tile_of_its_own() -> None:
    placed = place_tiles()
    assert tuple(placed) == municipalities()
    assert len(set(placed.values())) == len(placed)


def test_the_map_keeps_what_lies_where() -> None:
    placed = place_tiles()
    assert placed["San Ramón"][1] < placed["Canelones"][1] < placed["Paso Carrasco"][1]
    assert placed["Santa Lucía"][0] < placed["Pando"][0] < placed["Montes"][0]


def test_a_tile_tells_how_many_there_are() -> None:
    tiles = {tile.name: tile for tile in draw_map({"Pando": 8, "Soca": 1})}
    assert (tiles["Pando"].count, tiles["Pando"].shade) == (8, 4)
    assert (tiles["Soca"].count, tiles["Soca"].shade) == (1, 1)
    assert (tiles["Tala"].count, tiles["Tala"].shade) == (0, 0)


def test_a_long_name_is_broken_between_words() -> None:
    assert break_name("Ciudad de la Costa") == ("Ciudad de", "la Costa")
    assert break_name("Pando") == ("Pando",)
