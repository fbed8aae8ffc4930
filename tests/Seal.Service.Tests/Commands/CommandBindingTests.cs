using System.Text;
using System.Text.Json.Nodes;
using Seal.Domain.Applications;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;
using Seal.Service.Commands;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Commands;

public sealed class CommandBindingTests
{
    [Fact]
    public async Task A_command_is_its_body_and_the_key_in_its_route()
    {
        var body = await ReadAsync("""{ "pin": "280513", "device": "phone" }""");

        var command = CommandBinding.Bind<ClaimSeal>(body, "s-1");

        command.Seal.ShouldBe(new SealId("s-1"));
        command.Pin.Digits.ShouldBe("280513");
        command.Algorithm.ShouldBe(KeyAlgorithm.EcdsaP256);
    }

    [Fact]
    public async Task An_unknown_field_is_named_with_those_that_are_known()
    {
        var body = await ReadAsync("""{ "reason": "why", "colour": "red" }""");

        var problem = Refused.With("unknown-field", () => CommandBinding.Bind<FreezeSeal>(body, "s-1"));

        problem.Field.ShouldBe("colour");
        problem.Values["allowed"].ShouldBe("reason, order");
    }

    [Fact]
    public async Task The_key_in_the_route_cannot_be_given_again_in_the_body()
    {
        var body = await ReadAsync("""{ "seal": "s-2", "reason": "why" }""");

        Refused.With("unknown-field", () => CommandBinding.Bind<FreezeSeal>(body, "s-1")).Field.ShouldBe("seal");
    }

    [Fact]
    public async Task A_field_in_other_case_is_unknown()
    {
        var body = await ReadAsync("""{ "Reason": "why" }""");

        Refused.With("unknown-field", () => CommandBinding.Bind<FreezeSeal>(body, "s-1")).Field.ShouldBe("Reason");
    }

    [Fact]
    public async Task A_missing_field_is_named()
    {
        var body = await ReadAsync("""{ "device": "phone" }""");

        Refused.With("missing-field", () => CommandBinding.Bind<ClaimSeal>(body, "s-1")).Field.ShouldBe("pin");
    }

    [Theory]
    [InlineData("""{ "pin": "280513", "device": 7 }""", "device")]
    [InlineData("""{ "pin": "280513", "device": null }""", "device")]
    [InlineData("""{ "pin": 280513, "device": "phone" }""", "pin")]
    [InlineData("""{ "pin": "280513", "device": "phone", "algorithm": "md5" }""", "algorithm")]
    [InlineData("""{ "pin": "280513", "device": "phone", "algorithm": 0 }""", "algorithm")]
    public async Task A_field_that_holds_what_it_cannot_hold_is_named(string json, string field)
    {
        var body = await ReadAsync(json);

        Refused.With("invalid-field", () => CommandBinding.Bind<ClaimSeal>(body, "s-1")).Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("""{ "organisation": "914403001922038216", "seals": [{ "kind": "contract", "colour": "red" }] }""", "unknown-field")]
    [InlineData("""{ "organisation": "914403001922038216", "seals": [{ "name": "n" }] }""", "missing-field")]
    [InlineData("""{ "organisation": "914403001922038216", "seals": [{ "kind": "square" }] }""", "invalid-field")]
    [InlineData("""{ "organisation": "914403001922038216", "seals": "all" }""", "invalid-field")]
    [InlineData("""{ "organisation": "a/b", "seals": [] }""", "invalid-field")]
    public async Task What_lies_deeper_is_read_as_strictly(string json, string code)
    {
        var body = await ReadAsync(json);

        Refused.With(code, () => CommandBinding.Bind<ApplyForSeals>(body, null)).Field.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("\"tomorrow\"")]
    [InlineData("\"2026-02-30T00:00:00Z\"")]
    [InlineData("1767225600")]
    public async Task What_is_no_time_is_named(string until)
    {
        var body = await ReadAsync($$"""{ "person": "p-1", "until": {{until}} }""");

        Refused.With("invalid-field", () => CommandBinding.Bind<AppointManager>(body, "914403001922038216")).Field.ShouldBe("until");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{ \"reason\": ")]
    [InlineData("reason=why")]
    [InlineData("""{ "reason": "one", "reason": "two" }""")]
    public Task A_body_that_is_not_one_json_object_is_unreadable(string body) => Refused.WithAsync("body-unreadable", () => ReadAsync(body));

    [Fact]
    public Task A_body_that_is_not_utf_8_is_unreadable() =>
        Refused.WithAsync("body-unreadable", () => CommandBinding.ReadBodyAsync(
            Requests.WithBody([.. Encoding.UTF8.GetBytes("{\"reason\":\""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}")]), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public Task A_body_of_another_media_type_is_refused(string? type) =>
        Refused.WithAsync("unsupported-media-type", () => CommandBinding.ReadBodyAsync(Requests.WithBody("{}", type), TestContext.Current.CancellationToken));

    [Fact]
    public async Task No_body_is_an_empty_object() =>
        (await CommandBinding.ReadBodyAsync(Requests.WithBody("", null), TestContext.Current.CancellationToken)).ShouldBeEmpty();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_body_over_the_limit_is_refused_whether_it_tells_its_length_or_not(bool telling)
    {
        var request = Requests.WithBody($$"""{ "reason": "{{new string('x', CommandBinding.BodyLimit)}}" }""");
        request.ContentLength = telling ? request.Body.Length : null;

        return Refused.WithAsync("body-too-large", () => CommandBinding.ReadBodyAsync(request, TestContext.Current.CancellationToken));
    }

    private static Task<JsonObject> ReadAsync(string body) => CommandBinding.ReadBodyAsync(Requests.WithBody(body), TestContext.Current.CancellationToken);
}
