"""Workers that run operations under other environments, one of each for a whole test run."""

import pytest
import variants


@pytest.fixture(scope="session")
def workers():
    """{variant: Worker}."""
    made = {name: variants.Worker(name, environment) for name, environment in variants.ENVIRONMENTS.items()}
    yield made
    for worker in made.values():
        worker.stop()
