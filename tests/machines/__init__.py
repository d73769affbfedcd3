"""State machines that drive a case, a meeting and an allocation through random commands, lawful and unlawful.

Every command goes over HTTP to two installations, one on each database, which must answer alike.
"""
