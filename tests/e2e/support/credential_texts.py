"""Texts with a credential in them, by the grammar of the language they are written in. Fields are
those of `canaries.Mint`: {s} a password, {k} a provider key, {x} 40 hex digits, {b} Basic."""

SQL = (
    # PostgreSQL
    "CREATE USER app WITH PASSWORD '{s}'",
    "ALTER ROLE app PASSWORD '{s}' VALID UNTIL '2030-01-01'",
    "ALTER USER app WITH ENCRYPTED PASSWORD $tag${s}$tag$",
    "CREATE ROLE app LOGIN PASSWORD '{s}''{s}'",
    "ALTER ROLE app PASSWORD E'{s}\\'{s}'",
    "CREATE USER MAPPING FOR app SERVER far OPTIONS (user 'app', password '{s}')",
    "CREATE SUBSCRIPTION sub CONNECTION 'host=h user=app password={s}' PUBLICATION pub",
    "SELECT * FROM dblink('host=h user=app password={s}', 'SELECT 1') AS t(a int)",
    "SELECT pgp_sym_encrypt(note, '{s}') FROM notes",
    "DO $$ BEGIN EXECUTE 'ALTER ROLE app PASSWORD ''{s}'''; END $$",
    # MySQL, MariaDB
    "CREATE USER 'app'@'%' IDENTIFIED BY '{s}'",
    "ALTER USER 'app'@'h' IDENTIFIED WITH mysql_native_password BY '{s}'",
    "CREATE USER app IDENTIFIED WITH mysql_native_password AS '*{x}'",
    "SET PASSWORD FOR 'app'@'h' = '{s}'",
    "SET PASSWORD = PASSWORD('{s}')",
    "GRANT ALL ON *.* TO 'app'@'h' IDENTIFIED BY \"{s}\"",
    "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='{s}'",
    "CHANGE REPLICATION SOURCE TO SOURCE_USER='r', SOURCE_PASSWORD = '{s}'",
    "START REPLICA USER='r' PASSWORD='{s}'",
    "SELECT AES_ENCRYPT(note, '{s}') FROM notes",
    "CREATE SERVER far FOREIGN DATA WRAPPER mysql OPTIONS (USER 'app', PASSWORD '{s}')",
    # SQL Server
    "CREATE LOGIN app WITH PASSWORD = '{s}'",
    "ALTER LOGIN app WITH PASSWORD = N'{s}' OLD_PASSWORD = N'{s}'",
    "CREATE LOGIN app WITH PASSWORD = 0x0200{x}{x} HASHED",
    "EXEC sp_addlogin 'app', '{s}'",
    "CREATE MASTER KEY ENCRYPTION BY PASSWORD = '{s}'",
    "OPEN SYMMETRIC KEY k DECRYPTION BY PASSWORD = '{s}'",
    "CREATE DATABASE SCOPED CREDENTIAL c WITH IDENTITY = 'app', SECRET = '{s}'",
    "SELECT * FROM OPENROWSET('MSOLEDBSQL', 'Server=h;Uid=app;Pwd={s};', 'SELECT 1')",
    "EXEC sp_addlinkedsrvlogin @rmtsrvname = 'far', @rmtuser = 'app', @rmtpassword = '{s}'",
    "SELECT ENCRYPTBYPASSPHRASE('{s}', note) FROM notes",
    # Oracle
    "CREATE USER app IDENTIFIED BY {s}",
    "ALTER USER app IDENTIFIED BY \"{s}\" REPLACE \"{s}\"",
    "CREATE DATABASE LINK far CONNECT TO app IDENTIFIED BY \"{s}\" USING 'tns'",
    "CONNECT scott/{s}@db",
    "ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY \"{s}\"",
    # SQLite
    "PRAGMA key = '{s}'",
    "ATTACH DATABASE 'other.db' AS other KEY '{s}'",
    # Snowflake, Redshift, DuckDB, ClickHouse
    "CREATE STAGE st URL='s3://b/' CREDENTIALS=(AWS_KEY_ID='{k}' AWS_SECRET_KEY='{s}')",
    "CREATE USER app PASSWORD='{s}' MUST_CHANGE_PASSWORD=TRUE",
    "CREATE SECRET sec TYPE = GENERIC_STRING SECRET_STRING = '{s}'",
    "COPY t FROM 's3://b/k' CREDENTIALS 'aws_access_key_id={k};aws_secret_access_key={s}'",
    "COPY t FROM 's3://b/k' ACCESS_KEY_ID '{k}' SECRET_ACCESS_KEY '{s}'",
    "CREATE SECRET (TYPE S3, KEY_ID '{k}', SECRET '{s}')",
    "SELECT * FROM s3('https://b.s3.amazonaws.com/f.csv', '{k}', '{s}', 'CSV')",
    "SELECT * FROM mysql('h:3306', 'd', 't', 'app', '{s}')",
    "SELECT * FROM remote('h', 'd.t', 'app', '{s}')",
    "CREATE USER app IDENTIFIED WITH sha256_password BY '{s}'",
    # MongoDB's shell
    "db.createUser({{user: \"app\", pwd: \"{s}\", roles: []}})",
    "db.auth(\"app\", \"{s}\")",
    # Comments and strings
    "-- password: {s}\nSELECT 1",
    "/* postgres://app:{s}@db.internal/x */ SELECT 1",
    "SELECT 'Authorization: Bearer {s}'",
    "INSERT INTO settings VALUES ('dsn', 'mysql://app:{s}@db.internal/x')",
)

TEXT = (
    # URIs and connection strings
    "see postgres://app:{s}@db.internal:5432/shop for details",
    "redis://:{s}@cache.internal:6379/0",
    "https://app:{s}@git.internal/repo.git",
    "jdbc:postgresql://db.internal/shop?user=app&password={s}",
    "jdbc:sqlserver://db.internal;user=app;password={s};encrypt=true",
    "Server=db.internal;Database=shop;User Id=app;Password={s};",
    "Driver={{PostgreSQL Unicode}};Server=h;Uid=app;Pwd={s};",
    "host=db.internal dbname=shop user=app password={s}",
    "DefaultEndpointsProtocol=https;AccountName=a;AccountKey={x}{s}==;EndpointSuffix=x",
    # Settings
    "DB_PASSWORD={s}",
    "export API_TOKEN=\"{s}\"",
    "spring.datasource.password={s}",
    "password: {s}",
    "client_secret = '{s}'",
    "{{\"user\": \"app\", \"password\": \"{s}\"}}",
    "aws_access_key_id = {k}\naws_secret_access_key = {s}{s}",
    # Headers
    "Authorization: Bearer {s}{s}",
    "Authorization: Basic {b}",
    "X-Api-Key: {s}",
    "Cookie: session={s}; theme=dark",
    # Command lines
    "PGPASSWORD={s} psql -h h shop",
    "mysql -u root -p{s} shop",
    "curl -u app:{s} https://api.internal/",
    "sqlcmd -S h -U app -P {s}",
    # SQL in a chat
    "Run this:\n```sql\nALTER ROLE app PASSWORD '{s}';\n```\nand tell me.",
    "I typed CREATE USER app IDENTIFIED BY '{s}' and it failed",
)
