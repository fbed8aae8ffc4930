using System.Text;
using Seal.Documents.Ofd;

namespace Seal.Documents.Tests.Ofd;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("a", 0xE8B7BE43u)]
    [InlineData("123456789", 0xCBF43926u)] // the check value of the CRC catalogue
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void The_checksum_is_the_published_one_however_the_data_are_cut(string text, uint expected)
    {
        var data = Encoding.ASCII.GetBytes(text);
        Crc32.Append(0, data).ShouldBe(expected);
        for (var cut = 0; cut <= data.Length; cut++)
        {
            Crc32.Append(Crc32.Append(0, data.AsSpan(0, cut)), data.AsSpan(cut)).ShouldBe(expected, $"{cut}");
        }
    }
}
