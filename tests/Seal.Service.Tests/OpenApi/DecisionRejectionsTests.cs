using Seal.Domain.Deciding;
using Seal.Domain.Signings;
using Seal.Service.OpenApi;

namespace Seal.Service.Tests.OpenApi;

public sealed class DecisionRejectionsTests
{
    [Fact]
    public void The_rejections_of_a_command_are_those_that_its_decision_names() =>
        Of("FreezeSeal").ShouldBe(
        [
            "not-permitted", "order-malformed", "order-missing", "proof-expired", "proof-for-other", "proof-missing", "proof-spent", "reason-missing",
            "seal-frozen", "seal-not-active", "seal-revoked", "seal-unknown",
        ]);

    [Fact]
    public void Rejections_in_what_a_decision_calls_are_found_too()
    {
        var codes = Of("SealDocument");

        codes.ShouldContain("pin-wrong");
        codes.ShouldContain("seal-expired");
        codes.ShouldContain("certificate-revoked");
        codes.ShouldContain("signature-failed");
        codes.ShouldNotContain("reason-missing");
    }

    [Fact]
    public void A_rejection_chosen_by_its_code_may_be_any_of_its_kind() =>
        Of("SealDocument").ShouldBeSubsetOf([.. RejectionCatalog.All.Select(rejection => rejection.Code)]);

    [Fact]
    public void Every_refusal_of_a_file_can_meet_who_seals_one() =>
        typeof(DocumentRejections).GetProperties().Select(property => ((Rejection)property.GetValue(null)!).Code).ShouldBeSubsetOf(Of("SealDocument"));

    [Fact]
    public void Every_rejection_belongs_to_a_command() =>
        RejectionCatalog.All.Select(rejection => rejection.Code).ShouldBeSubsetOf(CommandCatalog.All.SelectMany(command => Of(command.Name)).Distinct());

    private static List<string> Of(string command) => [.. DecisionRejections.Of(CommandCatalog.Find(command)!).Select(rejection => rejection.Code)];
}
