"""The keys in addresses, as `{key:key}`: what no row can have as its key is an address of nothing."""

from starlette.convertors import Convertor, register_url_convertor


class KeyConvertor(Convertor[int]):
    """A positive whole number that the database can hold, without leading zeros."""

    regex = "[1-9][0-9]{0,17}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("key", KeyConvertor())
