using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Seal.Service.Files;
using Seal.Service.Proofs;
using Seal.Service.Settings;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>What an intruder gets by asking for much: as little as anybody, and others go on.</summary>
public sealed class IntruderFloodTests : IAsyncLifetime
{
    private const int OneFile = 100_000;

    // Of a body in chunks the server counts their frames as well.
    private const int Framing = 5_000;
    private RunningService? _service;

    private ApiClient Client => _service!.Client;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(settings => settings with
    {
        OpenRequestsPerMinute = 200,
        Documents = new DocumentSettings { SealingLimit = OneFile, UploadsLimit = 3 * OneFile },
    });

    public ValueTask DisposeAsync() => _service!.DisposeAsync();

    [Fact]
    public async Task Nobody_fills_the_disk_with_uploads_neither_at_once_nor_one_after_the_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => UploadAsync("li-na", announced: false)));
        answers.Count(answer => answer.IsDone).ShouldBeInRange(1, 3, string.Join("; ", answers.Select(answer => answer.Body.ToJsonString())));
        for (var i = 0; i < 3; i++)
        {
            await UploadAsync("li-na", announced: true);
        }

        (await UploadAsync("li-na", announced: true)).ShouldBeRefused(429, "uploads-full", "file").Body["limit"]!.GetValue<string>().ShouldBe($"{3 * OneFile}");
        (await UploadAsync("wang-fang", announced: true)).Required();
        var kept = _service!.Services.GetRequiredService<Uploads>().Files.BytesOf(await Client.PersonAsync("li-na"));
        kept.ShouldBeInRange(2 * OneFile, 3 * OneFile);
    }

    [Fact]
    public async Task A_crowd_of_files_to_judge_is_turned_away_beyond_what_memory_is_for()
    {
        using var turns = new ReadingTurns();
        var places = Enumerable.Range(0, ReadingTurns.MostInMemory).Select(_ => turns.EnterRoom()).ToList();
        Should.Throw<Service.Problems.ProblemException>(turns.EnterRoom).Problem.ShouldBe(Service.Problems.RequestProblems.TooBusy);
        places[0].Dispose();
        turns.EnterRoom().Dispose();
        (await turns.JudgeAsync(TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public async Task The_identity_provider_lets_nobody_guess_without_end()
    {
        using var provider = new HttpClient { BaseAddress = new Uri((await Client.GetAsync(null, "/api/proof-of-person")).Body["url"]!.GetValue<string>()) };
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 250; i++)
        {
            using var answer = await provider.PostAsJsonAsync("/assertions", new AssertionRequest("zhang-wei", $"guess-{i}", "seal", "", "", ""), TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        answers.Distinct().ShouldBe([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]);
    }

    private async Task<Answer> UploadAsync(string account, bool announced)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/documents") { Content = new ByteArrayContent(new byte[announced ? OneFile : OneFile - Framing]) };
        request.Headers.TransferEncodingChunked = !announced;
        return await Client.SendAsync(account, request);
    }
}
