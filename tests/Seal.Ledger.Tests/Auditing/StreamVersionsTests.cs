using System.Globalization;
using Seal.Ledger.Auditing;

namespace Seal.Ledger.Tests.Auditing;

public sealed class StreamVersionsTests
{
    [Fact]
    public void Every_stream_keeps_its_version_while_the_table_grows_and_when_it_is_taken_up_again()
    {
        var folder = TemporaryDirectory.New();
        try
        {
            var file = Path.Combine(folder, "streams");
            byte[] secret;
            long count;
            using (var versions = new StreamVersions(file))
            {
                for (var i = 0; i < 20_000; i++)
                {
                    versions.Put(Name(i), i + 1).ShouldBe(0);
                }

                versions.CopyTo(file + ".saved");
                (secret, count) = (versions.Secret, versions.Count);
            }

            File.Move(file + ".saved", file, overwrite: true);
            using var again = new StreamVersions(file, secret, count);
            for (var i = 0; i < 20_000; i++)
            {
                again.Put(Name(i), i + 2).ShouldBe(i + 1);
            }

            again.Count.ShouldBe(20_000);
            again.Delete();
            Directory.GetFiles(folder).ShouldBeEmpty();
        }
        finally
        {
            TemporaryDirectory.Delete(folder);
        }
    }

    private static string Name(int i) => "thing/" + i.ToString(CultureInfo.InvariantCulture);
}
