// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ChannelHub} from "../../src/channel/ChannelHub.sol";
import {ERC3009DepositCollector} from "../../src/channel/ERC3009DepositCollector.sol";
import {IChannelHub} from "../../src/channel/IChannelHub.sol";
import {TestUSDC} from "../../src/token/TestUSDC.sol";
import {vm} from "./Vm.sol";
import {Wallet, World} from "./World.sol";

/// @notice A hub, its collector and two parties. What is signed is written out from x402's specification and not from
/// the hub's code.
abstract contract Channels is World {
    bytes32 private constant DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant CHANNEL = keccak256(
        "ChannelConfig(address payer,address payerAuthorizer,address receiver,address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)"
    );
    bytes32 private constant ENTRY =
        keccak256("ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)");
    bytes32 private constant BATCH = keccak256(
        "ClaimBatch(ClaimEntry[] claims)ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)"
    );

    ChannelHub internal hub;
    ERC3009DepositCollector internal collector;
    Wallet internal authorizer = wallet("authorizer");

    function setUp() public virtual override {
        vm.warp(START);
        if (vm.envOr("EARNEST_RELEASE", false)) {
            deployChannels();
        } else {
            usdc = new TestUSDC();
            hub = new ChannelHub();
            collector = new ERC3009DepositCollector(address(hub));
        }
        usdc.mint(client.addr, 1_000_000e6);
    }

    function deployChannels() internal {
        usdc = TestUSDC(create("TestUSDC", ""));
        hub = ChannelHub(create("ChannelHub", ""));
        collector = ERC3009DepositCollector(create("ERC3009DepositCollector", abi.encode(hub)));
    }

    function channel(uint256 salt) internal view returns (IChannelHub.ChannelConfig memory) {
        return IChannelHub.ChannelConfig(
            client.addr, client.addr, payee.addr, authorizer.addr, address(usdc), 1 hours, bytes32(salt)
        );
    }

    function domain() internal view returns (bytes32) {
        return
            keccak256(
                abi.encode(DOMAIN, keccak256("x402 Batch Settlement"), keccak256("1"), block.chainid, hub)
            );
    }

    function idOf(IChannelHub.ChannelConfig memory config) internal view returns (bytes32) {
        return digestIn(domain(), keccak256(abi.encode(CHANNEL, config)));
    }

    function fund(IChannelHub.ChannelConfig memory config, uint128 amount, uint256 salt) internal {
        hub.deposit(config, amount, address(collector), authorization(config, amount, salt));
    }

    /// @dev By the client's key, whoever the channel's payer is.
    function authorization(IChannelHub.ChannelConfig memory config, uint128 amount, uint256 salt)
        internal
        view
        returns (bytes memory)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(),
                config.payer,
                address(collector),
                amount,
                0,
                START + 7201 days,
                keccak256(abi.encode(idOf(config), salt))
            )
        );
        bytes memory signature = sign(client, digestIn(usdc.DOMAIN_SEPARATOR(), structHash));
        return abi.encode(uint256(0), START + 7201 days, salt, signature);
    }

    function voucher(IChannelHub.ChannelConfig memory config, uint128 max, uint128 total)
        internal
        view
        returns (IChannelHub.VoucherClaim memory)
    {
        return voucherBy(client, config, max, total);
    }

    function voucherBy(
        Wallet memory signer,
        IChannelHub.ChannelConfig memory config,
        uint128 max,
        uint128 total
    ) internal view returns (IChannelHub.VoucherClaim memory) {
        bytes32 typeHash = keccak256("Voucher(bytes32 channelId,uint128 maxClaimableAmount)");
        bytes32 digest = digestIn(domain(), keccak256(abi.encode(typeHash, idOf(config), max)));
        return IChannelHub.VoucherClaim(IChannelHub.Voucher(config, max), sign(signer, digest), total);
    }

    function one(IChannelHub.VoucherClaim memory row)
        internal
        pure
        returns (IChannelHub.VoucherClaim[] memory rows)
    {
        rows = new IChannelHub.VoucherClaim[](1);
        rows[0] = row;
    }

    function batchSignature(IChannelHub.VoucherClaim[] memory rows) internal view returns (bytes memory) {
        bytes32[] memory entries = new bytes32[](rows.length);
        for (uint256 i = 0; i < rows.length; ++i) {
            entries[i] = keccak256(
                abi.encode(
                    ENTRY,
                    idOf(rows[i].voucher.channel),
                    rows[i].voucher.maxClaimableAmount,
                    rows[i].totalClaimed
                )
            );
        }
        bytes32 root = keccak256(abi.encodePacked(entries));
        return sign(authorizer, digestIn(domain(), keccak256(abi.encode(BATCH, root))));
    }

    function refundSignature(IChannelHub.ChannelConfig memory config, uint256 nonce, uint128 amount)
        internal
        view
        returns (bytes memory)
    {
        bytes32 typeHash = keccak256("Refund(bytes32 channelId,uint256 nonce,uint128 amount)");
        return
            sign(authorizer, digestIn(domain(), keccak256(abi.encode(typeHash, idOf(config), nonce, amount))));
    }

    function holds(IChannelHub.ChannelConfig memory config, uint256 balance, uint256 claimed) internal view {
        (uint128 has, uint128 total) = hub.channels(idOf(config));
        eq(has, balance, "balance");
        eq(total, claimed, "claimed");
    }
}
