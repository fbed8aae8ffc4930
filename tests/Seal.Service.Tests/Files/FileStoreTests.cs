using System.Security.Cryptography;
using Seal.Service.Files;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Files;

public sealed class FileStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seal-files-");
    private readonly FileStore _store;

    public FileStoreTests() => _store = new FileStore(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_comes_out_as_it_went_in()
    {
        var content = RandomNumberGenerator.GetBytes(200_000);

        var kept = await _store.TakeAsync(new MemoryStream(content), content.Length, TestContext.Current.CancellationToken);

        kept.Length.ShouldBe(content.Length);
        kept.Digest.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        await using var file = _store.Open(kept.Key).ShouldNotBeNull();
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, TestContext.Current.CancellationToken);
        copy.ToArray().ShouldBe(content);
    }

    [Fact]
    public async Task A_file_one_byte_over_the_limit_is_refused_and_nothing_of_it_stays()
    {
        var problem = await Refused.WithAsync("file-too-large", () => _store.TakeAsync(new MemoryStream(new byte[1001]), 1000, TestContext.Current.CancellationToken));

        problem.Values["limit"].ShouldBe("1000");
        problem.Status.ShouldBe(413);
        _folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_breaks_off_on_the_way_leaves_nothing()
    {
        await Should.ThrowAsync<IOException>(() => _store.TakeAsync(new BrokenStream(), 1_000_000, TestContext.Current.CancellationToken));

        _folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_gone_is_not_there()
    {
        _store.Create("a").Dispose();
        _store.Delete("a");

        _store.Open("a").ShouldBeNull();
        _store.Delete("a");
    }

    [Fact]
    public void Only_files_older_than_a_time_are_cleared_away()
    {
        var now = DateTimeOffset.UtcNow;
        _store.Create("old").Dispose();
        _store.Create("new").Dispose();
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "old"), now.AddHours(-25).UtcDateTime);

        _store.DeleteOlderThan(now.AddHours(-24)).ShouldBe(1);

        _folder.GetFiles().Select(file => file.Name).ShouldBe(["new"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a\0b")]
    [InlineData("章")]
    public void A_key_that_could_lead_elsewhere_leads_nowhere(string key) => Refused.With("nothing-here", () => _store.Open(key)).Status.ShouldBe(404);

    private sealed class BrokenStream : MemoryStream
    {
        public BrokenStream()
            : base(new byte[100_000])
        {
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return Position < Length ? read : throw new IOException("The connection broke off.");
        }
    }
}
