package org.earnest.credentials.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Sections 4 and 5 of the VC Data Model 2.0, member by member. */
class DataModelTest {
  private static final KnownContexts CONTEXTS = KnownContexts.shipped().andInline();
  private static final String REQUIRED =
      "{'@context':['https://www.w3.org/ns/credentials/v2'],'type':['VerifiableCredential'],"
          + "'issuer':'did:example:issuer','credentialSubject':{'name':'x'}";

  private static ObjectNode json(String text) throws InvalidCredentialException {
    return SignableJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static Credential with(String member) throws InvalidCredentialException {
    return Credential.parse(json(REQUIRED + "," + member + "}"), CONTEXTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'name':'A name'",
        "'name':{'@value':'A name','@language':'en'}",
        "'name':{'@value':'A name','@language':'ar','@direction':'rtl'}",
        "'description':[{'@value':'One','@language':'en'},{'@value':'Eins','@language':'de'}]",
        "'id':'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33'",
        "'validFrom':'2026-01-01T00:00:00.123+02:00','validUntil':'2026-01-01T00:00:00Z'",
        "'credentialStatus':{'type':'BitstringStatusListEntry'}",
        "'credentialSchema':[{'id':'https://a.example','type':'JsonSchema'}]",
        "'evidence':[{'type':'Document'},{'type':['A','B'],'id':'urn:a:1'}]",
        "'termsOfUse':{'type':'Policy'}",
        "'refreshService':{'type':'Refresh','id':'https://a.example'}",
        "'relatedResource':[{'id':'https://a.example','digestSRI':'sha384-x'},"
            + "{'id':'https://b.example','mediaType':'application/ld+json; charset=utf-8',"
            + "'digestMultibase':'uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw'}]",
        "'relatedResource':{'id':'https://a.example','digestSRI':['sha256-x sha512-y','sha384-z=']}"
      })
  void accepts(String member) throws Exception {
    assertThat(with(member).issuer().value()).isEqualTo("did:example:issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'name':1",
        "'name':{'@language':'en'}",
        "'name':{'@value':'A','url':'https://a.example'}",
        "'name':{'@value':'A','@direction':'up'}",
        "'description':{'@value':1}",
        "'description':[{'@value':'A','@language':3}]",
        "'id':['urn:a:1','urn:a:2']",
        "'id':null",
        "'validFrom':'2026-01-02T00:00:00Z','validUntil':'2026-01-01T00:00:00Z'",
        "'validFrom':'2026-01-01'",
        "'credentialStatus':{'id':'urn:a:1'}",
        "'credentialStatus':{'type':'X','id':'not a url'}",
        "'credentialStatus':{'type':'X','id':['urn:a:1','urn:a:2']}",
        "'credentialSchema':{'type':'JsonSchema'}",
        "'credentialSchema':{'id':'https://a.example'}",
        "'credentialSchema':{'id':5,'type':'JsonSchema'}",
        "'evidence':{'id':'urn:a:1'}",
        "'termsOfUse':{}",
        "'refreshService':{'id':'urn:a:1'}",
        "'relatedResource':{'id':'https://a.example'}",
        "'relatedResource':{'digestSRI':'sha384-x'}",
        "'relatedResource':{'id':'https://a.example','digestSRI':[]}",
        "'relatedResource':{'id':'https://a.example','digestSRI':''}",
        "'relatedResource':{'id':'https://a.example','digestSRI':'md5-AA'}",
        "'relatedResource':{'id':'https://a.example','digestSRI':'sha256-a b'}",
        "'relatedResource':{'id':'https://a.example','digestSRI':'sha256-a','digestMultibase':7}",
        "'relatedResource':{'id':'https://a.example','digestMultibase':'uEi'}",
        "'relatedResource':{'id':'https://a.example','digestMultibase':'uZTQ0MjM1NiAgcmVwb3J0c'}",
        "'relatedResource':{'id':'https://a.example','digestMultibase':'EiAjCHMnK5'}",
        "'relatedResource':{'id':'https://a.example','digestMultibase':''}",
        "'relatedResource':{'id':'no url','digestSRI':'sha384-x'}",
        "'relatedResource':{'id':'https://a.example','digestSRI':'sha384-x','mediaType':'json'}",
        "'relatedResource':{'id':'https://a.example','digestSRI':'sha384-x','mediaType':7}",
        "'credentialSchema':{'type':'JsonSchema','id':'https://a.example','digestSRI':'md5-AA'}",
        "'relatedResource':[{'id':'https://a.example','digestSRI':'sha384-a'},"
            + "{'id':'https://a.example','digestSRI':'sha384-b'}]"
      })
  void refuses(String member) {
    assertThatExceptionOfType(InvalidCredentialException.class).isThrownBy(() -> with(member));
  }

  @Test
  void theIssuersNameIsTextForPeopleToo() throws Exception {
    String issuer =
        "{'@context':['https://www.w3.org/ns/credentials/v2'],'type':'VerifiableCredential',"
            + "'credentialSubject':{'name':'x'},'issuer':{'id':'did:example:issuer','name':%s}}";
    assertThat(Credential.parse(json(issuer.formatted("'A'")), CONTEXTS).issuer().value())
        .isEqualTo("did:example:issuer");
    assertThatExceptionOfType(InvalidCredentialException.class)
        .isThrownBy(
            () -> Credential.parse(json(issuer.formatted("{'@value':'A','url':'b'}")), CONTEXTS));
  }

  @Test
  void theOlderDataModelIsReadWhereItsContextIsKnown() throws Exception {
    String older =
        "{'@context':['https://www.w3.org/2018/credentials/v1'],'type':['VerifiableCredential'],"
            + "'issuer':'did:example:issuer','credentialSubject':{'id':'did:example:s'}%s}";
    Credential read =
        Credential.parse(
            json(
                older.formatted(
                    ",'issuanceDate':'2026-01-01T00:00:00Z',"
                        + "'expirationDate':'2027-01-01T00:00:00Z'")),
            CONTEXTS);
    assertThat(read.isOlder()).isTrue();
    assertThat(read.validFrom())
        .hasValueSatisfying(from -> assertThat(from).isEqualTo("2026-01-01T00:00:00Z"));
    assertThat(read.validUntil()).isPresent();
    assertThatExceptionOfType(InvalidCredentialException.class)
        .isThrownBy(() -> Credential.parse(json(older.formatted("")), CONTEXTS));
    assertThatExceptionOfType(InvalidCredentialException.class)
        .isThrownBy(
            () ->
                Credential.parse(
                    json(older.formatted(",'issuanceDate':'2026-01-01T00:00:00Z'")),
                    KnownContexts.base()));
  }
}
