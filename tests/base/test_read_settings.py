"""Settings: what is accepted, what is refused, and that the refusal names the way out."""

from pathlib import Path

import pytest

from watertower.base.read_settings import SettingsError, read_settings, variables
from watertower.base.settings import Settings


def refusal(environment: dict[str, str], file: Path | None = None) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(environment, file)
    return str(caught.value)


def a_file(folder: Path, text: str) -> Path:
    file = folder / "watertower.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_file_and_environment_the_defaults_hold():
    assert read_settings({}) == Settings()


def test_values_of_the_environment_become_the_type_of_the_setting():
    settings = read_settings(
        {
            "WATERTOWER_DATA_DIR": "/srv/w",
            "WATERTOWER_HTTPS": "true",
            "WATERTOWER_DEVELOPMENT": "0",
            "WATERTOWER_WEB_PROCESSES": "3",
            "WATERTOWER_DATABASE_QUERY_DEADLINE_SECONDS": "2.5",
            "DATABASE_URL": "postgresql:///x",
        }
    )

    assert settings.server.data_dir == Path("/srv/w")
    assert settings.server.https is True
    assert settings.server.development is False
    assert settings.server.web_processes == 3
    assert settings.database.query_deadline_seconds == 2.5
    assert settings.database.url == "postgresql:///x"


def test_the_environment_wins_over_the_file(tmp_path):
    file = a_file(tmp_path, '[server]\ndomain = "a.example"\nbind = "127.0.0.1:1"\n')

    settings = read_settings({"WATERTOWER_DOMAIN": "b.example"}, file)

    assert (settings.server.domain, settings.server.bind) == ("b.example", "127.0.0.1:1")


def test_an_empty_variable_counts_as_not_set(tmp_path):
    file = a_file(tmp_path, '[server]\ndomain = "a.example"\n')

    assert read_settings({"WATERTOWER_DOMAIN": ""}, file).server.domain == "a.example"


def test_the_file_in_the_data_directory_is_found(tmp_path):
    a_file(tmp_path, '[server]\ndomain = "a.example"\n')

    settings = read_settings({"WATERTOWER_DATA_DIR": str(tmp_path)})

    assert settings.server.domain == "a.example"


def test_the_named_file_must_exist(tmp_path):
    missing = tmp_path / "missing.toml"

    assert refusal({"WATERTOWER_CONFIG": str(missing)}) == (
        f"WATERTOWER_CONFIG names {missing}, which is not a file."
    )


def test_a_misspelt_variable_names_its_neighbour():
    assert refusal({"WATERTOWER_DOMIAN": "x"}) == (
        "Unknown environment variable: WATERTOWER_DOMIAN. Did you mean WATERTOWER_DOMAIN?"
    )


def test_a_misspelt_key_of_the_file_names_its_neighbour(tmp_path):
    file = a_file(tmp_path, '[media]\ns3_bukcet_region = "x"\n')

    assert refusal({}, file) == (
        f"Unknown setting in [media] of {file}: s3_bukcet_region. Did you mean s3_region?"
    )


def test_a_misspelt_section_names_its_neighbour(tmp_path):
    file = a_file(tmp_path, '[sever]\ndomain = "x"\n')

    assert refusal({}, file) == f"Unknown section in {file}: sever. Did you mean server?"


def test_a_key_outside_a_section_is_refused(tmp_path):
    file = a_file(tmp_path, "server = 1\n")

    assert refusal({}, file) == f"server in {file} must be a section: write [server]."


@pytest.mark.parametrize("text", ["[server", "\x00", 'a = "'])
def test_a_broken_file_is_refused_with_its_name(tmp_path, text):
    file = a_file(tmp_path, text)

    assert refusal({}, file).startswith(f"{file} cannot be read: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WATERTOWER_WEB_PROCESSES", "many"),
        ("WATERTOWER_WEB_PROCESSES", "1.5"),
        ("WATERTOWER_HTTPS", "perhaps"),
        ("WATERTOWER_REQUEST_DEADLINE_SECONDS", "soon"),
    ],
)
def test_a_wrong_type_is_refused_and_names_the_setting(name, value):
    _, setting = variables()[name]

    assert setting in refusal({name: value})


def test_a_path_in_the_file_must_be_text(tmp_path):
    file = a_file(tmp_path, "[server]\ndata_dir = 5\n")

    assert "data_dir" in refusal({}, file)


@pytest.mark.parametrize("bind", ["3000x", "localhost", "localhost:", "localhost:http"])
def test_a_bind_without_a_port_is_refused(bind):
    assert refusal({"WATERTOWER_BIND": bind}) == f"server.bind must be host:port, not {bind!r}."


def test_a_bucket_needs_its_keys():
    assert refusal({"WATERTOWER_MEDIA_STORE": "s3://b"}) == (
        "media.store is S3, so media.s3_access_key and s3_secret_key are needed."
    )


@pytest.mark.parametrize(
    "name", ["WATERTOWER_FEDERATION_ALLOW_HTTP", "WATERTOWER_FEDERATION_ALLOWED_NETWORKS"]
)
def test_development_settings_are_refused_on_a_public_domain(name):
    value = "true" if name.endswith("HTTP") else "10.0.0.0/8"

    assert "development" in refusal({"WATERTOWER_DOMAIN": "social.example", name: value})
    read_settings({name: value})  # on localhost they are what they are for
