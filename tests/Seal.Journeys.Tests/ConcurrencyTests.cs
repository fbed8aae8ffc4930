using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Effects;
using Seal.Service.Keys;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>Many at once.</summary>
[Collection(OneService.Name)]
public sealed class ConcurrencyTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task Sixty_four_signings_at_once_by_two_seals_all_succeed()
    {
        var company = await Company.RegisterAsync(Client);
        string[] seals = [await company.ClaimSealAsync("contract"), await company.ClaimSealAsync("finance")];
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => company.SealAsync(seals[number % 2], document)));

        answers.ShouldAllBe(answer => answer.Required().IsDone);
        answers.Select(answer => answer.Body["position"]!.GetValue<long>()).Distinct().Count().ShouldBe(64);
        (await shared.UsageAsync(Representative, $"organisation={company.Uscc}&outcome=sealed&limit=200")).Count.ShouldBe(64);
        await Client.JudgedAsync(await Client.FetchAsync(Representative, answers[63].Id), "active");
    }

    [Fact]
    public async Task Many_wrong_PINs_at_once_get_hardly_more_tries_than_the_limit()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        Answer[] answers = [];
        var recorded = await shared.RecordedWhileAsync(async () =>
            answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => company.SealAsync(seal, document, pin: $"guess-{number}"))));

        answers.ShouldAllBe(answer => answer.Code == "pin-wrong" || answer.Code == "pin-locked");
        recorded.Count(type => type == "pin.failed.v1").ShouldBeInRange(5, 5 + PinGate.AtOnce);
        (await company.SealAsync(seal, document)).ShouldBeRefused(403, "pin-locked", "pin");
    }

    [Fact]
    public async Task Identical_requests_under_one_key_are_carried_out_once()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        var key = new Sending { IdempotencyKey = Guid.NewGuid().ToString() };
        Answer[] answers = [];
        var recorded = await shared.RecordedWhileAsync(async () =>
            answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => company.SealAsync(seal, document, sending: key))));

        answers.ShouldAllBe(answer => answer.Required().IsDone);
        answers.Select(answer => answer.Body.ToJsonString()).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.IsReplayed).ShouldBe(1);
        recorded.ShouldBe(["signing.requested.v1", "signing.sealed.v2"]);
    }

    [Fact]
    public async Task Identical_applications_under_one_key_take_the_name_once()
    {
        var company = await Company.RegisterAsync(Client);
        var body = new JsonObject { ["organisation"] = company.Uscc, ["seals"] = new JsonArray(new JsonObject { ["kind"] = "contract" }) };
        var key = new Sending { IdempotencyKey = Guid.NewGuid().ToString() };
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Client.GiveAsync(Representative, "ApplyForSeals", null, body, key)));
        answers.Select(answer => answer.Required().Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Different_applications_for_one_name_give_it_to_one()
    {
        var company = await Company.RegisterAsync(Client);
        var body = new JsonObject { ["organisation"] = company.Uscc, ["seals"] = new JsonArray(new JsonObject { ["kind"] = "contract" }) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Client.GiveAsync(Representative, "ApplyForSeals", null, body)));
        answers.Count(answer => answer.IsDone).ShouldBe(1);
        answers.Where(answer => !answer.IsDone).ShouldAllBe(answer => answer.Code == "seal-name-taken");
    }

    [Fact]
    public async Task One_seal_claimed_twice_at_once_on_one_device_is_claimed_once()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.IssueSealAsync("contract");
        var answers = await Task.WhenAll(Client.ClaimAsync(Representative, seal), Client.ClaimAsync(Representative, seal));
        answers.Count(answer => answer.IsDone).ShouldBe(1);
        answers.Single(answer => !answer.IsDone).ShouldBeRefused(409, "already-claimed", "device");
    }

    [Fact]
    public async Task One_seal_claimed_at_once_by_several_holders_lists_all_and_keeps_every_edition()
    {
        string[] holders = [Representative, "wang-fang", "zhao-lei", "li-na"];
        var company = await Company.RegisterAsync(Client);
        var seal = await company.IssueSealAsync("contract");
        foreach (var holder in holders.Skip(1))
        {
            (await shared.AuthoriseAsync(seal, holder)).Required();
        }

        await Task.WhenAll(holders.Select(async holder => (await Client.ClaimAsync(holder, seal)).Required()));
        var state = (await shared.SeeAsync(Representative, $"/api/seals/{seal}"))["state"]!;
        (state["edition"]!.GetValue<int>(), state["signers"]!.AsObject().Count).ShouldBe((4, 4));

        var editions = shared.Service.Services.GetRequiredService<Editions>();
        await foreach (var recorded in shared.Ledger.ReadStreamAsync(SealId.From(seal).Stream.ToString(), ReadUntil.All, TestContext.Current.CancellationToken))
        {
            if (StreamLoader.Facts(recorded) is EditionMade made)
            {
                var data = await editions.GetAsync(SealId.From(seal), made.Number, TestContext.Current.CancellationToken);
                Convert.ToHexStringLower(SHA256.HashData(data)).ShouldBe(made.Digest, $"edition {made.Number} is the one that its event names");
            }
        }

        foreach (var holder in holders)
        {
            await Client.JudgedAsync(await Client.SealedAsync(company, seal, SampleDocuments.Pdf(), holder), "active");
        }
    }

    [Fact]
    public async Task One_seal_made_twice_at_once_shows_the_impression_with_its_own_code()
    {
        var company = await Company.RegisterAsync(Client);
        var body = new JsonObject { ["organisation"] = company.Uscc, ["seals"] = new JsonArray(new JsonObject { ["kind"] = "contract" }) };
        var application = (await Client.GiveAsync(Representative, "ApplyForSeals", null, body)).Required().Id;
        (await Client.GiveAsync("reviewer", "ApproveApplication", application, [])).Required();
        var seal = $"{application}-1";
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Client.GiveAsync("maker", "MakeSeal", seal, new() { ["code"] = Company.NextCode() })));
        answers.Count(answer => answer.IsDone).ShouldBe(1);
        answers.Where(answer => !answer.IsDone).ShouldAllBe(answer => answer.Code == "seal-not-approved");

        var digest = (await shared.SeeAsync("maker", $"/api/seals/{seal}")).StateText("impressionDigest");
        Convert.ToHexStringLower(SHA256.HashData(await Client.DownloadAsync("maker", $"/api/seals/{seal}/impression.svg"))).ShouldBe(digest);
    }

    [Fact]
    public async Task Of_many_changes_meant_for_one_version_one_is_made()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var version = (await shared.SeeAsync(Representative, $"/api/seals/{seal}"))["version"]!.GetValue<long>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Client.GiveReasonAsync(
            number % 2 == 0 ? "FreezeSeal" : "RevokeSeal", seal, sending: new() { IfMatch = version })));
        answers.Count(answer => answer.IsDone).ShouldBe(1);
        answers.Where(answer => !answer.IsDone).ShouldAllBe(answer => answer.Code == "stale-version");
    }
}
