using System.Text.Json;
using Seal.Cryptography.Keys;

namespace Seal.Tokens.Tests;

/// <summary>SM2 as makers do it, on a token of our own test code: SoftHSM knows no SM2.</summary>
public sealed class DeviceProfileTests(CompiledDevices devices) : OwnToken(devices)
{
    public static TheoryData<string> Fitting => new(
        """{ "name": "digest in, r and s out", "signMechanism": "0x80008101", "keyPairMechanism": "0x80008001", "input": "digest", "output": "concatenated" }""",
        """{ "name": "digest in, DER out", "signMechanism": "0x80008102", "keyPairMechanism": "0x80008001", "input": "digest", "output": "der" }""",
        """{ "name": "message in, r and s out", "signMechanism": "0x80008103", "keyPairMechanism": "0x80008001", "input": "message", "output": "concatenated" }""",
        """{ "name": "identity as parameter", "signMechanism": "0x80008104", "keyPairMechanism": "0x80008001", "input": "message", "output": "der", "identity": "mechanismParameter" }""");

    public static TheoryData<string> Unfit => new(
        """{ "name": "no such mechanism", "signMechanism": "0x80008199", "keyPairMechanism": "0x80008001", "input": "digest", "output": "der" }""",
        """{ "name": "wrong output", "signMechanism": "0x80008101", "keyPairMechanism": "0x80008001", "input": "digest", "output": "der" }""",
        """{ "name": "wrong output, too", "signMechanism": "0x80008102", "keyPairMechanism": "0x80008001", "input": "digest", "output": "concatenated" }""",
        """{ "name": "wrong input", "signMechanism": "0x80008103", "keyPairMechanism": "0x80008001", "input": "digest", "output": "concatenated" }""",
        """{ "name": "message to a digest", "signMechanism": "0x80008101", "keyPairMechanism": "0x80008001", "input": "message", "output": "concatenated" }""",
        """{ "name": "no identity", "signMechanism": "0x80008104", "keyPairMechanism": "0x80008001", "input": "message", "output": "der" }""",
        """{ "name": "wrong curve", "signMechanism": "0x80008101", "keyPairMechanism": "0x80008001", "input": "digest", "output": "concatenated", "curve": "06082a8648ce3d030107" }""",
        """{ "name": "no key pairs", "signMechanism": "0x80008101", "input": "digest", "output": "concatenated" }""");

    [Theory]
    [MemberData(nameof(Fitting))]
    public void A_profile_that_fits_is_proven_and_the_token_then_signs_with_sm2(string json)
    {
        var profile = DeviceProfile.Parse(json);
        DeviceProfile.Parse(profile.ToJson()).ToJson().ShouldBe(profile.ToJson());
        Token.Register(profile);
        Token.Profile.ShouldBe(profile);
        Token.Entries().ShouldBeEmpty("the keys made for the test are gone");

        var signer = Token.GenerateSigner("seal", SignatureAlgorithm.Sm2Sm3);
        Signatures.Verify(SignatureAlgorithm.Sm2Sm3, signer.SubjectPublicKeyInfo, "m"u8, signer.Sign("m"u8)).ShouldBeTrue();
        var entry = Token.Entries().ShouldHaveSingleItem();
        Token.Register(profile, entry);
        var answer = DeviceChallenge.Answer(Token.OpenSigner(entry, SignatureAlgorithm.Sm2Sm3), new byte[32]);
        DeviceChallenge.Verify(SignatureAlgorithm.Sm2Sm3, entry.SubjectPublicKeyInfo, new byte[32], answer).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Unfit))]
    public void A_profile_that_does_not_fit_is_refused_in_a_sentence_and_leaves_nothing_behind(string json)
    {
        var profile = DeviceProfile.Parse(json);
        var refusal = Should.Throw<TokenException>(() => Token.Register(profile));
        refusal.Failure.ShouldBe(TokenFailure.Unsupported);
        refusal.Message.ShouldContain($"the device profile '{profile.Name}' does not fit");
        refusal.Message.ShouldContain("'holder'");
        Token.Profile.ShouldBeNull();
        Token.Entries().ShouldBeEmpty();
    }

    [Fact]
    public void A_profile_that_is_misspelt_is_refused_by_the_member_that_is_wrong()
    {
        Should.Throw<JsonException>(() => DeviceProfile.Parse("""{ "name": "x", "signMechanism": "0x1", "input": "digest", "output": "der", "outptu": 1 }""")).Message.ShouldContain("outptu");
        Should.Throw<JsonException>(() => DeviceProfile.Parse("""{ "name": "x", "signMechanism": "1f", "input": "digest", "output": "der" }""")).Message.ShouldContain("0x80008101");
        Should.Throw<JsonException>(() => DeviceProfile.Parse("""{ "name": "x", "signMechanism": "0x1", "input": "digest", "output": "raw" }"""));
        Should.Throw<JsonException>(() => DeviceProfile.Parse("""{ "name": "x", "signMechanism": "0x1", "input": "digest", "output": "der", "curve": "zz" }""")).Message.ShouldContain("hexadecimal");
        Should.Throw<JsonException>(() => DeviceProfile.Parse("""{ "name": "x", "input": "digest", "output": "der" }""")).Message.ShouldContain("signMechanism");
        Should.Throw<JsonException>(() => DeviceProfile.Parse("null"));
    }
}
