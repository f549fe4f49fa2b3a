#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/core/sanitizer/sql/sql_cases.hpp"

namespace studiosync {
namespace {

// Warehouses, embedded databases, and what speaks something like SQL.
constexpr std::string_view statements[] = {
    R"sql(CREATE USER u PASSWORD = '‹hunter2x›' DEFAULT_ROLE = r MUST_CHANGE_PASSWORD = TRUE)sql",
    R"sql(ALTER USER u SET PASSWORD = '‹hunter2x›' RSA_PUBLIC_KEY = 'MIIB')sql",
    R"sql(CREATE STAGE s URL='s3://b' CREDENTIALS=(AWS_KEY_ID='‹AKIA2QRS9TUVWXYZ4567›' )sql"
    R"sql(AWS_SECRET_KEY='‹1a2b3cX/Y›' AWS_TOKEN='‹tok3nX›') ENCRYPTION=(TYPE='AWS_CSE' )sql"
    R"sql(MASTER_KEY='‹eSxX0jzYfIamtnBKOEOwq80Au6NbSgPH5r4BDDwOaO8=›'))sql",
    R"sql(CREATE STAGE s URL='azure://a' )sql"
    R"sql(CREDENTIALS=(AZURE_SAS_TOKEN='‹?sv=2016-05-31&sig=bgqQwoXwxzuD2GJfagRg7VOS8hzNr3QLT)sql"
    R"sql(7rhS8OFRLQ%3D›'))sql",
    R"sql(CREATE SECRET s TYPE = PASSWORD USERNAME = 'u' PASSWORD = '‹hunter2x›')sql",
    R"sql(CREATE SECRET s TYPE = GENERIC_STRING SECRET_STRING = '‹hunter2x›')sql",
    R"sql(CREATE SECRET s TYPE = OAUTH2 OAUTH_REFRESH_TOKEN = '‹34n;vods4nQsdg09w;n›' )sql"
    R"sql(OAUTH_REFRESH_TOKEN_EXPIRY_TIME = '2022-01-06 20:00:00')sql",
    R"sql(CREATE SECURITY INTEGRATION i TYPE = API_AUTHENTICATION OAUTH_CLIENT_ID = 'x' )sql"
    R"sql(OAUTH_CLIENT_SECRET = '‹hunter2x›')sql",
    R"sql(CREATE NOTIFICATION INTEGRATION n TYPE = QUEUE AZURE_STORAGE_QUEUE_PRIMARY_URI = )sql"
    R"sql('x'; SELECT ENCRYPT('x', '‹hunter2x›'), DECRYPT(c, '‹hunter2x›'), )sql"
    R"sql(ENCRYPT_RAW(TO_BINARY('aa'), TO_BINARY('‹hunter2x›', 'utf-8')))sql",
    R"sql(COPY INTO t FROM 's3://b' CREDENTIALS=(AWS_KEY_ID='‹abc9X›' )sql"
    R"sql(AWS_SECRET_KEY='‹def9X›'))sql",
    R"sql(COPY t FROM 's3://b' CREDENTIALS )sql"
    R"sql('aws_access_key_id=‹AKIAIOSFODNN7ABCDEFG›;aws_secret_access_key=‹wJalr9X›')sql",
    R"sql(COPY t FROM 's3://b' ACCESS_KEY_ID '‹AKIAIOSFODNN7ABCDEFG›' SECRET_ACCESS_KEY )sql"
    R"sql('‹wJalr9X›' SESSION_TOKEN '‹tok9X›')sql",
    R"sql(COPY t FROM 's3://b' WITH CREDENTIALS AS )sql"
    R"sql('aws_access_key_id=‹AKIAIOSFODNN7ABCDEFG›;aws_secret_access_key=‹wJalr9X›;token=‹to)sql"
    R"sql(k9X›;master_symmetric_key=‹abc9Xkey›')sql",
    R"sql(UNLOAD ('select 1') TO 's3://b' ACCESS_KEY_ID '‹AKIAIOSFODNN7ABCDEFG›' )sql"
    R"sql(SECRET_ACCESS_KEY '‹wJalr9X›' MASTER_SYMMETRIC_KEY '‹abc9Xkey›' ENCRYPTED)sql",
    R"sql(CREATE USER u PASSWORD DISABLE; ALTER USER u PASSWORD '‹hunter2x›')sql",
    R"sql(CREATE USER u IDENTIFIED WITH sha256_password BY '‹hunter2x›' HOST IP '::1')sql",
    R"sql(CREATE USER u IDENTIFIED BY '‹hunter2x›')sql",
    R"sql(CREATE USER u IDENTIFIED WITH plaintext_password BY '‹hunter2x›', bcrypt_password )sql"
    R"sql(BY '‹hunter3x›')sql",
    R"sql(ALTER USER u ADD IDENTIFIED WITH sha256_password BY '‹hunter2x›')sql",
    R"sql(SELECT * FROM mysql('h:3306', 'd', 't', 'u', '‹hunter2x›'))sql",
    R"sql(SELECT * FROM remoteSecure('h', d.t, 'u', '‹hunter2x›'))sql",
    R"sql(SELECT * FROM s3('https://b/k', '‹AKIAIOSFODNN7ABCDEFG›', '‹hunter2x›', 'CSV'))sql",
    R"sql(CREATE TABLE t ENGINE = S3('https://b/k', '‹key9X›', '‹hunter2x›', 'CSV'))sql",
    R"sql(CREATE TABLE t (a String) ENGINE = Kafka SETTINGS kafka_broker_list = 'h', )sql"
    R"sql(kafka_sasl_password = '‹hunter2x›')sql",
    R"sql(CREATE TABLE t (a String) ENGINE = RabbitMQ SETTINGS rabbitmq_password = )sql"
    R"sql('‹hunter2x›', rabbitmq_username = 'x')sql",
    R"sql(CREATE NAMED COLLECTION c AS host = 'h', password = '‹hunter2x›', port = 3306)sql",
    R"sql(CREATE DICTIONARY d (id UInt64) PRIMARY KEY id SOURCE(MYSQL(user 'u' password )sql"
    R"sql('‹hunter2x›' host 'h' db 'd')) LAYOUT(FLAT()))sql",
    R"sql(CREATE DICTIONARY d (id UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(HOST 'localhost' )sql"
    R"sql(PORT 9000 USER 'default' PASSWORD '‹hunter2x›' DB 'default' TABLE 't')) )sql"
    R"sql(LAYOUT(FLAT()) LIFETIME(300))sql",
    R"sql(CREATE DICTIONARY d (id UInt64) PRIMARY KEY id SOURCE(HTTP(url 'http://x' format )sql"
    R"sql('TSV' credentials(user 'u' password '‹hunter2x›') headers(header(name 'API-KEY' )sql"
    R"sql(value '‹k3yk3yK3Y9xZq17b2›')))) LAYOUT(FLAT()))sql",
    R"sql(BACKUP TABLE t TO S3('https://b/k', '‹key9X›', '‹hunter2x›'))sql",
    R"sql(BACKUP DATABASE d TO Disk('b', 'x.zip') SETTINGS compression_method='lzma', )sql"
    R"sql(password = '‹hunter2x›')sql",
    R"sql(SELECT encrypt('aes-256-gcm', x, '‹keykeykeykeykeykeykeykeykeykey9X›', )sql"
    R"sql('ivivivivivi9'))sql",
    R"sql(SELECT * FROM postgresql('h:5432', 'd', 't', 'u', '‹hunter2x›', 'schema'))sql",
    R"sql(SELECT * FROM mongodb('h:27017', 'd', 'c', 'u', '‹hunter2x›', 'id UInt64'))sql",
    R"sql(SELECT * FROM redis('h:6379', 'key', 'key String, v UInt32', 0, '‹hunter2x›'))sql",
    R"sql(SELECT * FROM azureBlobStorage('https://x', 'c', 'p', 'acct', '‹hunter2x+Key==›', )sql"
    R"sql('CSV'))sql",
    R"sql(SELECT KEYS.KEYSET_FROM_JSON('‹{"primaryKeyId":1}›'))sql",
    R"sql(SELECT AEAD.ENCRYPT(FROM_BASE64('‹CMGF9v8DEmYKWgoy›'), 'x', 'aad'))sql",
    R"sql(CREATE CONNECTION c OPTIONS (user 'u', password '‹hunter2x›'))sql",
    R"sql(DECLARE password STRING DEFAULT '‹hunter2x›')sql",
    R"sql(CREATE SECRET s (TYPE s3, KEY_ID '‹AKIAIOSFODNN7ABCDEFG›', SECRET '‹wJalr9X›', )sql"
    R"sql(SESSION_TOKEN '‹tok9X›'))sql",
    R"sql(SET s3_secret_access_key='‹wJalr9X›'; SET s3_access_key_id='‹AKIAIOSFODNN7ABCDEFG›')sql",
    R"sql(ATTACH 'enc.db' AS e (ENCRYPTION_KEY '‹hunter2x›'))sql",
    R"sql(PRAGMA add_parquet_key('k', '‹0123456789112345›'))sql",
    R"sql(COPY t TO 'x.parquet' (ENCRYPTION_CONFIG {footer_key: 'key256', footer_key_value: )sql"
    R"sql('‹0123456789112345›'}))sql",
    R"sql(SELECT {'user': 'a', 'password': '‹hunter2x›'})sql",
    R"sql(SELECT MAP {'password': '‹hunter2x›'}, map(['password'], ['x']))sql",
    R"sql(PRAGMA key = '‹hunter2x›')sql",
    R"sql(PRAGMA key = "‹x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'›")sql",
    R"sql(PRAGMA rekey('‹hunter2x›'))sql",
    R"sql(PRAGMA main.key = '‹hunter2x›')sql",
    R"sql(ATTACH DATABASE 'e.db' AS e KEY '‹hunter2x›')sql",
    R"sql(ATTACH DATABASE 'e.db' AS e KEY ''; PRAGMA hexkey = '‹0123456789abcdef›')sql",
    R"sql(SELECT sqlcipher_export('e'); ATTACH 'file:x.db?cipher=sqlcipher&key=‹hunter2x›' )sql"
    R"sql(AS y)sql",
    R"sql(CREATE TABLE t USING org.apache.spark.sql.jdbc OPTIONS (url "jdbc:postgresql:db", )sql"
    R"sql(user 'u', password '‹hunter2x›'))sql",
    R"sql(CREATE CONNECTION c TYPE mysql OPTIONS (host 'h', user 'u', password '‹hunter2x›'))sql",
    R"sql(CREATE STORAGE CREDENTIAL c WITH (AZURE_SERVICE_PRINCIPAL (DIRECTORY_ID = 'x', )sql"
    R"sql(APPLICATION_ID = 'y', CLIENT_SECRET = '‹hunter2x›')))sql",
    R"sql(SET spark.hadoop.fs.s3a.secret.key=‹wJalrXUtnFEMIK7MDENGbPxRfiCY›)sql",
    R"sql(SET fs.s3a.secret.key = ‹wJalrXUtnFEMIK7MDENGbPxRfiCY›;)sql",
    R"sql(SET hive.server2.keystore.password=‹hunter2x›)sql",
    R"sql(SELECT aes_encrypt('Spark', '‹0000111122223333›', 'GCM'))sql",
    R"sql(SELECT * FROM read_files('s3://b', awsSecretKey => '‹hunter2x›'))sql",
    R"sql(CREATE CATALOG c USING mysql WITH ("connection-user" = 'u', "connection-password" )sql"
    R"sql(= '‹hunter2x›'))sql",
    R"sql(CREATE USER u WITH PASSWORD '‹hunter2x›' VALID UNTIL '2030-01-01')sql",
    R"sql(SET CLUSTER SETTING server.oidc_authentication.client_secret = '‹hunter2x›')sql",
    R"sql(CREATE USER u AS PERM = 1e6 BYTES PASSWORD = ‹hunter2x›)sql",
    R"sql(CREATE USER u AS PERMANENT = 1000000 PASSWORD = (‹hunter2x›) DEFAULT DATABASE = d)sql",
    R"sql(MODIFY USER u AS PASSWORD = ‹hunter2x› FOR USER)sql",
    R"sql(CREATE AUTHORIZATION a AS DEFINER TRUSTED USER 'k' PASSWORD '‹hunter2x›')sql",
    R"sql(CREATE USER u IDENTIFIED BY '‹hunter2x›' PASSWORD EXPIRE)sql",
    R"sql(ALTER USER u IDENTIFIED BY '‹hunter2x›' REPLACE '‹hunter1x›')sql",
    R"sql(CREATE SECRET s AS '‹hunter2x›')sql",
    R"sql(CREATE SECRET IF NOT EXISTS db.s WITH (backend = 'meta') AS '‹hunter2x›')sql",
    R"sql(CREATE SECRET s AS decode('‹aHVudGVyMng=›', 'base64'))sql",
    R"sql(ALTER SECRET s AS '‹hunter2x›')sql",
    R"sql(SCRIPT TO 'f' COMPRESSION GZIP CIPHER AES PASSWORD '‹hunter2x›')sql",
    R"sql(RUNSCRIPT FROM 'f' CIPHER AES PASSWORD '‹hunter2x›')sql",
    R"sql(ATTACH 'file:x.db?hexkey=‹hunter2x›' AS y)sql",
    R"sql(CONNECT TO VERTICA db USER u PASSWORD '‹hunter2x›' ON 'h',5433)sql",
    R"sql(ALTER SESSION SET UDPARAMETER FOR x )sql"
    R"sql(AWSAuth='‹AKIAIOSFODNN7ABCDEFG:wJalrXUtnFEMIK7MDENG›')sql",
    R"sql(CREATE KEY k TYPE 'RSA' PASSWORD '‹hunter2x›' LENGTH 2048)sql",
    R"sql(CREATE WRAPPER w; CREATE USER MAPPING FOR u SERVER s OPTIONS (REMOTE_AUTHID 'a', )sql"
    R"sql(REMOTE_PASSWORD '‹hunter2x›'))sql",
    R"sql(CONNECT TO sample USER u USING '‹hunter2x›' NEW '‹hunter3x›' CONFIRM '‹hunter3x›')sql",
    R"sql(SET ENCRYPTION PASSWORD = '‹hunter2x›')sql",
    R"sql(VALUES ENCRYPT('x', '‹hunter2x›', 'hint'))sql",
    R"sql(CATALOG DATABASE x; ATTACH TO i USER u USING ‹hunter2x›)sql",
    R"sql(CREATE USER u PASSWORD "‹Hunter2x›" NO FORCE_FIRST_PASSWORD_CHANGE)sql",
    R"sql(ALTER USER u PASSWORD ‹Hunter2x›)sql",
    R"sql(CREATE USER u IDENTIFIED BY "‹hunter2x›")sql",
    R"sql(CREATE CONNECTION c TO 'h:8563' USER 'u' IDENTIFIED BY '‹hunter2x›')sql",
    R"sql(IMPORT INTO t FROM ORA AT 'jdbc:x' USER 'u' IDENTIFIED BY '‹hunter2x›' TABLE x)sql",
    R"sql(CREATE USER u PASSWORD '‹hunter2x›' FIRSTNAME 'x' USING PLUGIN Srp)sql",
    R"sql(CREATE DATABASE 'h:x.fdb' USER 'SYSDBA' PASSWORD '‹masterkey9›')sql",
    R"sql(EXECUTE STATEMENT 'select 1' ON EXTERNAL 'h:x' AS USER 'u' PASSWORD '‹hunter2x›' )sql"
    R"sql(INTO :x)sql",
    R"sql(CREATE ROLE u WITH LOGIN PASSWORD '‹hunter2x›' RESOURCE QUEUE q)sql",
    R"sql(CREATE EXTERNAL CATALOG c PROPERTIES ("type"="jdbc", "user"="u", )sql"
    R"sql("password"="‹hunter2x›"))sql",
    R"sql(CREATE RESOURCE "r" PROPERTIES ("type" = "s3", "AWS_ACCESS_KEY" = )sql"
    R"sql("‹AKIAIOSFODNN7ABCDEFG›", "AWS_SECRET_KEY" = "‹hunter2xKEYkey›"))sql",
    R"sql(CREATE EXTERNAL TABLE t (a INT) ENGINE=mysql PROPERTIES ("host" = "h", "user" = )sql"
    R"sql("u", "password" = "‹hunter2x›"))sql",
    R"sql(LOAD LABEL d.l (DATA INFILE("hdfs://x") INTO TABLE t) WITH BROKER "b" ("username" )sql"
    R"sql(= "u", "password" = "‹hunter2x›"))sql",
    R"sql(CREATE ROUTINE LOAD d.j ON t PROPERTIES ("x"="y") FROM KAFKA )sql"
    R"sql(("property.sasl.password" = "‹hunter2x›"))sql",
    R"sql(SET PASSWORD FOR 'jack'@'192.%' = PASSWORD('‹hunter2x›'))sql",
    R"sql(CREATE USER 'jack' IDENTIFIED BY PASSWORD )sql"
    R"sql('‹*6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9›')sql",
    R"sql(CREATE TABLE t (a string) TBLPROPERTIES ("hive.sql.dbcp.username" = "u", )sql"
    R"sql("hive.sql.dbcp.password" = "‹hunter2x›"))sql",
    R"sql(CREATE ROLE r WITH PASSWORD = '‹hunter2x›' AND LOGIN = true)sql",
    R"sql(ALTER ROLE r WITH PASSWORD = '‹hunter2x›')sql",
    R"sql(CREATE ROLE r WITH HASHED PASSWORD = )sql"
    R"sql('‹$2a$10$JSJEMFm6GeaW9XxT5JIheuEtPvat6i7uKbnTcxX3c1wshIIsGyUtG›' AND LOGIN = true)sql",
    R"sql(CREATE USER u WITH PASSWORD '‹hunter2x›' SUPERUSER)sql",
    R"sql(CREATE USER jake SET PASSWORD '‹hunter2x›' CHANGE NOT REQUIRED)sql",
    R"sql(CREATE USER jake SET PLAINTEXT PASSWORD '‹hunter2x›')sql",
    R"sql(ALTER USER jake SET PASSWORD '‹hunter2x›' SET STATUS ACTIVE)sql",
    R"sql(ALTER CURRENT USER SET PASSWORD FROM '‹hunter1x›' TO '‹hunter2x›')sql",
    R"sql(CALL dbms.security.createUser('u', '‹hunter2x›', false))sql",
    R"sql(CREATE USER "jdoe" WITH PASSWORD '‹Password4jdoe›' WITH ALL PRIVILEGES)sql",
    R"sql(SET PASSWORD FOR "jdoe" = '‹hunter2x›')sql",
    R"sql(CREATE USER u WITH PASSWORD '‹hunter2x›'; ALTER USER u CREATE TOKEN TYPE JWK)sql",
    R"sql(db.createUser({user: "u", pwd: "‹hunter2x›", roles: ["readWrite"]}))sql",
    R"sql(db.auth("u", "‹hunter2x›"))sql",
    R"sql(db.updateUser("u", {pwd: "‹hunter2x›"}))sql",
    R"sql(db.getSiblingDB("admin").auth("u", "‹hunter2x›"))sql",
    R"sql(db.auth({user: "u", pwd: "‹hunter2x›"}))sql",
    R"sql(db.runCommand({createUser: "u", pwd: "‹hunter2x›", roles: []}))sql",
    R"sql({"query": {"match": {"user": "a"}}, "password": "‹hunter2x›"})sql",
    R"sql(POST /_security/user/u
{"password": "‹hunter2x›", "roles": ["x"]})sql",
    R"sql(CREATE USER 'u'@'%' IDENTIFIED BY '‹hunter2x›' ATTRIBUTE '{"x":1}')sql",
    R"sql(ALTER USER u IDENTIFIED BY '‹hunter2x›'; FLUSH PRIVILEGES; -- it's done)sql",
    R"sql(CREATE SERVER s TYPE ESSENCE; CREATE USER u FOR SERVER x PASSWORD '‹hunter2x›')sql",
    R"sql(GRANT CONNECT TO u IDENTIFIED BY ‹hunter2x›)sql",
    R"sql(CREATE EXTERNLOGIN dba TO s REMOTE LOGIN u IDENTIFIED BY ‹hunter2x›)sql",
    R"sql(sp_addlogin u, '‹hunter2x›')sql",
    R"sql(alter login u with password '‹old9pw›' modify password '‹new9pw›')sql",
    R"sql(create database scoped credential x with identity='a', secret=N'‹hunter2x›')sql",
};

TEST(SqlRulesManuals, FindCredentialsInStatementsOfOtherSystems) {
  sql_cases::expect_found(statements);
}

}  // namespace
}  // namespace studiosync
