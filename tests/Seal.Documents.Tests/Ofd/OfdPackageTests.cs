using System.IO.Compression;
using System.Text;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;

namespace Seal.Documents.Tests.Ofd;

/// <summary>Packages by which readers would come to different documents, or that cost too much.</summary>
public sealed class OfdPackageTests
{
    [Theory]
    [InlineData("../evil.xml")]
    [InlineData("Doc_0/../../evil.xml")]
    [InlineData("/Doc_0/evil.xml")]
    [InlineData("C:/evil.xml")]
    [InlineData("Doc_0\\evil.xml")]
    [InlineData("Doc_0//evil.xml")]
    [InlineData("Doc_0/./evil.xml")]
    [InlineData("Doc_0/evil\u0000.xml")]
    [InlineData("Doc_0/evil\u001b[2J.xml")]
    [InlineData("Doc_0/\u202Elmx.xml")]
    public async Task An_unsafe_name_fails_every_signature(string name) =>
        await Fails(await With(archive => archive.CreateEntry(name)), "package-name-unsafe");

    [Fact]
    public async Task A_link_fails_every_signature() =>
        await Fails(await With(archive => archive.CreateEntry("Doc_0/link.xml").ExternalAttributes = unchecked((int)0xA1FF0000)), "package-name-unsafe");

    [Theory]
    [InlineData("Doc_0/Document.xml")]
    [InlineData("doc_0/DOCUMENT.XML")]
    [InlineData("Doc_0/Document.xml/")]
    public async Task Two_entries_of_one_name_fail_every_signature(string name) =>
        await Fails(await With(archive => archive.CreateEntry(name)), "package-entry-duplicate");

    [Fact]
    public async Task A_local_header_that_says_another_name_fails_every_signature()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        "Doc_1"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("Doc_0/Document.xml"u8)));
        await Fails(file, "package-headers-differ");
    }

    [Fact]
    public async Task A_local_header_that_says_another_size_fails_every_signature()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        file[file.AsSpan().IndexOf("Doc_0/Document.xml"u8) - 8]++;
        await Fails(file, "package-headers-differ");
    }

    [Fact]
    public async Task Data_behind_the_package_fail_every_signature() =>
        await Fails([.. await OfdSamples.Seal(await OfdSamples.Text()), 0], "package-data-outside");

    [Fact]
    public async Task Data_in_front_of_the_package_fail_every_signature()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        await Fails(Shifted(file, "PK-not-an-entry"u8.ToArray()), "package-data-outside");
    }

    [Fact]
    public async Task Another_package_in_the_comment_is_not_taken_for_this_one()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        var hidden = new Package(await OfdSamples.Text()).Zip();
        file[^2] = (byte)hidden.Length;
        file[^1] = (byte)(hidden.Length >> 8);
        (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Judge([.. file, .. hidden]))).Code.ShouldBe(OfdProblem.Damaged);

        // Its offsets made to fit where it stands, and with a signature of its own: then what is in front of it does not belong.
        await Fails(Shifted(await OfdSamples.Seal(await OfdSamples.Text()), file), "package-data-outside");
    }

    [Fact]
    public async Task A_comment_that_could_be_taken_for_a_package_fails_every_signature()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        file[^2] = 2;
        await Fails([.. file, .. "PK"u8], "package-data-outside");
    }

    [Fact]
    public async Task A_zip64_end_in_the_comment_of_an_entry_leads_no_reader_to_another_package()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        var end = file.Length - 22; // the end record, which has no comment of its own here
        var record = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);

        // APPNOTE 4.3.14 and 4.3.15: an end whose directory is empty, and right before the end record what leads to it.
        byte[] comment = [.. "PK\u0006\u0006"u8, 44, .. new byte[51], .. "PK\u0006\u0007"u8, .. new byte[4], .. BitConverter.GetBytes((long)end), 1, 0, 0, 0];
        byte[] forged = [.. file[..end], .. comment, .. file[end..]];
        BitConverter.TryWriteBytes(forged.AsSpan(record + 32), (short)comment.Length);
        var size = forged.AsSpan(end + comment.Length + 12);
        BitConverter.TryWriteBytes(size, BitConverter.ToInt32(size) + comment.Length);

        await Fails(forged, "package-data-outside");
    }

    [Fact]
    public async Task A_bomb_that_is_named_is_refused_by_its_limit()
    {
        Package package = new(await OfdSamples.Text());
        package[Package.Page] = Encoding.ASCII.GetBytes("<a>" + new string(' ', 20_000_000) + "</a>");
        var refusal = await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Seal(package.Zip()));
        (refusal.Code, refusal.Limit).ShouldBe((OfdProblem.TooLarge, nameof(OfdLimits.MaxRatio)));
    }

    [Fact]
    public async Task A_size_that_is_a_lie_is_no_way_around_the_limits()
    {
        Package package = new(await OfdSamples.Text());
        package[Package.Page] = Encoding.ASCII.GetBytes("<a>" + new string(' ', 5_000_000) + "</a>");
        var file = package.Zip();
        var record = file.AsSpan().LastIndexOf("Doc_0/Pages/Page_0/Content.xml"u8) - 46;
        BitConverter.TryWriteBytes(file.AsSpan(record + 24), 1000);
        (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Seal(file))).Code.ShouldBe(OfdProblem.Damaged);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"http://127.0.0.1:9/\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">")]
    public async Task Document_types_and_entities_are_refused(string declaration)
    {
        var package = new Package(await OfdSamples.Seal(await OfdSamples.Text())).Replace("OFD.xml", "<ofd:OFD ", declaration + "<ofd:OFD ");
        (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Judge(package.Zip()))).Code.ShouldBe(OfdProblem.Damaged);
    }

    [Fact]
    public async Task Deep_nesting_is_refused_by_its_limit()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));
        var package = new Package(await OfdSamples.Seal(await OfdSamples.Text()));
        package[Package.Page] = Encoding.ASCII.GetBytes(deep);
        var refusal = await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Judge(package.Zip()));
        (refusal.Code, refusal.Limit).ShouldBe((OfdProblem.TooComplex, nameof(OfdLimits.MaxXmlDepth)));
    }

    [Fact]
    public async Task More_entries_than_allowed_are_refused_by_their_limit()
    {
        var file = await With(archive => Enumerable.Range(0, 300).ToList().ForEach(number => archive.CreateEntry($"Doc_0/{number}")));
        var options = OfdSamples.Options with { OfdLimits = new OfdLimits { MaxEntries = 300 } };
        var refusal = await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Judge(file, options));
        (refusal.Code, refusal.Limit).ShouldBe((OfdProblem.TooManyEntries, nameof(OfdLimits.MaxEntries)));
    }

    [Fact]
    public async Task An_encrypted_package_is_named_as_such()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        file[file.AsSpan().LastIndexOf("Doc_0/Document.xml"u8) - 46 + 8] |= 1;
        (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Judge(file))).Code.ShouldBe(OfdProblem.Encrypted);
    }

    [Fact]
    public async Task Any_other_package_is_no_OFD()
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("word/document.xml");
        }

        (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Judge(stream.ToArray()))).Code.ShouldBe(OfdProblem.NotAnOfd);
    }

    [Fact]
    public async Task Packages_of_other_writers_pass()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        (await OfdSamples.Judge(new Package(file).Zip(archive => archive.CreateEntry("Doc_0/")))).Verdict.ShouldBe(Verdict.TotalPassed);

        // Written to a pipe: sizes and checksums stand behind the data.
        using MemoryStream stream = new();
        using (ZipArchive archive = new(new OneWay(stream), ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new Package(file).Files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        var judgement = await OfdSamples.Judge(stream.ToArray());
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
    }

    private static async Task<byte[]> With(Action<ZipArchive> further) => new Package(await OfdSamples.Seal(await OfdSamples.Text())).Zip(further);

    private static async Task Fails(byte[] file, string reason)
    {
        var judgement = await OfdSamples.Judge(file);
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), judgement.Tell());
        judgement.Signatures[0].Checks[0].Reason.Code.ShouldBe(reason);
    }

    /// <summary>The package behind something else, all its offsets right.</summary>
    private static byte[] Shifted(byte[] file, byte[] front)
    {
        byte[] shifted = [.. front, .. file];
        var end = shifted.Length - 22;
        var start = BitConverter.ToInt32(shifted, end + 16) + front.Length;
        BitConverter.TryWriteBytes(shifted.AsSpan(end + 16), start);
        for (var at = start; at < end; at += 46 + BitConverter.ToUInt16(shifted, at + 28) + BitConverter.ToUInt16(shifted, at + 30) + BitConverter.ToUInt16(shifted, at + 32))
        {
            BitConverter.TryWriteBytes(shifted.AsSpan(at + 42), BitConverter.ToInt32(shifted, at + 42) + front.Length);
        }

        return shifted;
    }

    private sealed class OneWay(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
