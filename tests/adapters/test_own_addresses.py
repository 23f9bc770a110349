"""The addresses of this server, from the tables of Linux."""

import ipaddress

from console.adapters.own_addresses import own_addresses, own_literals, own_names, read_ipv4_table, read_ipv6_table

FIB_TRIE = """Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 203.0.112.0/23 2 0 2
        |-- 203.0.113.0
           /24 link UNICAST
        |-- 203.0.113.7
           /32 host LOCAL
        |-- 203.0.113.255
           /32 link BROADCAST
"""
IF_INET6 = (
    "00000000000000000000000000000001 01 80 10 80       lo\n20010db8000000000000000000000007 02 40 00 80     eth0\n"
)


def test_only_local_addresses_are_taken_from_the_ipv4_table():
    assert read_ipv4_table(FIB_TRIE) == {"203.0.113.7"}


def test_all_addresses_are_taken_from_the_ipv6_table():
    assert read_ipv6_table(IF_INET6) == {"::1", "2001:db8::7"}


def test_missing_tables_add_nothing():
    assert read_ipv4_table("") == read_ipv6_table("") == set()


SERVED_AS = (
    "https://Console.Example:8443",
    ["console.internal.example", "Other.example", ".corp.example", "*", "localhost", "127.0.0.1", "[2001:db8::7]"],
)


def test_the_names_it_is_served_under_are_its_own_and_patterns_are_none():
    assert own_names(*SERVED_AS) == {"console.example", "console.internal.example", "other.example"}


def test_the_addresses_it_is_served_under_are_its_own():
    assert own_literals(*SERVED_AS) == {ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("2001:db8::7")}
    assert own_literals("https://198.51.100.7", []) == {ipaddress.ip_address("198.51.100.7")}


def test_this_server_knows_its_loopback_address():
    assert ipaddress.ip_address("127.0.0.1") in own_addresses()
