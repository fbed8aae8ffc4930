using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Seals;

namespace Seal.Domain.Tests.Deciding;

public sealed class CommandsAsJson
{
    [Fact]
    public void A_command_is_read_from_its_body()
    {
        var command = Read<ClaimSeal>("""{"seal":"k1-1","pin":"314159","device":"phone","algorithm":"rsa2048"}""");
        command.ShouldBe(new ClaimSeal(new SealId("k1-1"), new Pin("314159"), "phone", KeyAlgorithm.Rsa2048));
    }

    [Fact]
    public void What_may_be_left_out_has_its_default() =>
        Read<ClaimSeal>("""{"seal":"k1-1","pin":"314159","device":"phone"}""").Algorithm.ShouldBe(KeyAlgorithm.EcdsaP256);

    [Theory]
    [InlineData("""{"seal":"k1-1","pin":"314159"}""", "a field is missing")]
    [InlineData("""{"seal":"k1-1","pin":"314159","device":null}""", "a field is null")]
    [InlineData("""{"seal":"k1-1","pin":"314159","device":"phone","colour":"red"}""", "a field is unknown")]
    [InlineData("""{"seal":"k1-1","pin":"314159","Device":"phone"}""", "a field is misspelt")]
    [InlineData("""{"seal":"k1-1","pin":"314159","device":"phone","device":"phone"}""", "a field is there twice")]
    [InlineData("""{"seal":"k1-1","pin":314159,"device":"phone"}""", "a PIN is text")]
    [InlineData("""{"seal":"k1/1","pin":"314159","device":"phone"}""", "a key has no slash")]
    [InlineData("""{"seal":"","pin":"314159","device":"phone"}""", "a key is not empty")]
    [InlineData("""{"seal":"k1-1","pin":"314159","device":"phone","algorithm":1}""", "a choice is made by name")]
    [InlineData("""{"seal":"k1-1","pin":"314159","device":"phone","algorithm":"dsa"}""", "a choice is one of those there are")]
    public void A_body_that_is_not_the_commands_is_refused(string body, string why) => Should.Throw<Exception>(() => Read<ClaimSeal>(body), why).ShouldSatisfyAllConditions(thrown => (thrown is JsonException or InvalidOperationException).ShouldBeTrue(thrown.ToString()));

    [Fact]
    public void A_PIN_and_free_text_never_show_themselves()
    {
        var claim = new ClaimSeal(new SealId("k1-1"), new Pin("314159"), "phone");
        claim.ToString().ShouldNotContain("314159");
        JsonSerializer.Serialize(claim, DomainJson.Options).ShouldNotContain("314159");
        var freeze = new FreezeSeal(new SealId("k1-1"), new FreeText("张三离职"));
        freeze.ToString().ShouldNotContain("张三");
        JsonSerializer.Serialize(freeze, DomainJson.Options).ShouldNotContain("张三");
    }

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, DomainJson.Options)!;
}
