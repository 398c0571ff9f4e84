"""The built-in domains. They are loaded through entry points, as anyone's are; nothing imports them."""
