// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding, FundingKind, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {Wallet, World} from "./World.sol";
import {vm} from "./Vm.sol";

/// @notice Terms, signatures and the verbs as a party would send them.
abstract contract Deals is World {
    uint8 internal constant NO_RATING = 255;
    bytes32 internal constant TAG = "translation";
    bytes32 internal constant DELIVERABLE = keccak256("a deliverable");

    uint256 private _documents;

    function head_() internal returns (Head memory head) {
        head.client = client.addr;
        head.token = address(usdc);
        head.openBy = uint40(now_() + 1 hours);
        head.docHash = keccak256(abi.encode("document", ++_documents));
    }

    function leg_(Wallet memory to, uint256 amount) internal view returns (Leg memory leg) {
        leg.payee = to.addr;
        leg.tag = TAG;
        leg.amount = uint128(amount);
        leg.due = uint40(now_() + 1 days);
        leg.grace = 1 hours;
        leg.review = 2 days;
        leg.silenceBps = 10_000;
        leg.criteriaHash = keccak256("criteria");
    }

    function one(Leg memory leg) internal pure returns (Leg[] memory legs) {
        legs = new Leg[](1);
        legs[0] = leg;
    }

    function total(Leg[] memory legs) internal pure returns (uint256 sum) {
        for (uint256 i = 0; i < legs.length; ++i) {
            sum += legs[i].amount;
        }
    }

    /// @dev Hashes of all legs but one.
    function siblings(Leg[] memory legs, uint256 i) internal view returns (bytes32[] memory hashes) {
        hashes = new bytes32[](legs.length - 1);
        for (uint256 j = 0; j < hashes.length; ++j) {
            hashes[j] = escrow.hashLeg(legs[j < i ? j : j + 1]);
        }
    }

    // --- money in ---

    function authorization(Wallet memory from, uint256 value, bytes32 nonce)
        internal
        view
        returns (Funding memory)
    {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(from.key, receiveDigest(from.addr, value, nonce));
        return Funding(FundingKind.EIP3009, abi.encode(uint256(0), START + 365 days, v, r, s));
    }

    function receiveDigest(address from, uint256 value, bytes32 nonce) internal view returns (bytes32) {
        return digestIn(
            usdc.DOMAIN_SEPARATOR(),
            keccak256(
                abi.encode(
                    usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(),
                    from,
                    address(escrow),
                    value,
                    uint256(0),
                    START + 365 days,
                    nonce
                )
            )
        );
    }

    function allowance() internal pure returns (Funding memory) {
        return Funding(FundingKind.ALLOWANCE, "");
    }

    // --- verbs ---

    /// @dev Signed by every payee in order, empty where the leg before has the same one.
    function payeeSigs(Leg[] memory legs, Wallet[] memory signers, bytes32 dealId)
        internal
        pure
        returns (bytes[] memory sigs)
    {
        sigs = new bytes[](legs.length);
        for (uint256 i = 0; i < legs.length; ++i) {
            bool again = i > 0 && legs[i].payee == legs[i - 1].payee;
            if (!again) sigs[i] = sign(signers[i], dealId);
        }
    }

    /// @dev Mints what the deal costs and opens it by the client's authorization; sent by a stranger.
    function open(Head memory head, Leg[] memory legs, Wallet[] memory signers)
        internal
        returns (bytes32 dealId)
    {
        dealId = escrow.dealIdOf(head, legs);
        usdc.mint(head.client, total(legs));
        Funding memory funding = authorization(client, total(legs), dealId);
        bytes[] memory sigs = payeeSigs(legs, signers, dealId);
        vm.prank(stranger.addr);
        escrow.open(head, legs, sigs, new bytes[](0), funding);
    }

    function open(Head memory head, Leg[] memory legs) internal returns (bytes32 dealId) {
        Wallet[] memory signers = new Wallet[](legs.length);
        for (uint256 i = 0; i < legs.length; ++i) {
            signers[i] = payee;
        }
        return open(head, legs, signers);
    }

    /// @dev The payee itself delivers leg i.
    function deliver(Head memory head, Leg[] memory legs, uint256 i) internal {
        bytes32 headHash = escrow.hashHead(head);
        bytes32[] memory others = siblings(legs, i);
        vm.prank(legs[i].payee);
        escrow.deliver(headHash, others, i, legs[i], DELIVERABLE, "ipfs://deliverable", "");
    }

    /// @dev The client itself accepts leg i.
    function accept(Head memory head, Leg[] memory legs, uint256 i, uint8 rating) internal {
        bytes32[] memory others = siblings(legs, i);
        vm.prank(head.client);
        escrow.accept(head, others, i, legs[i], rating, "");
    }

    /// @dev A stranger applies what time has decided on leg i.
    function lapse(Head memory head, Leg[] memory legs, uint256 i) internal {
        bytes32[] memory others = siblings(legs, i);
        vm.prank(stranger.addr);
        escrow.lapse(head, others, i, legs[i]);
    }

    // --- reads ---

    function deliverDigest(bytes32 dealId, uint256 i, bytes32 deliverable, address occupant)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("Deliver(bytes32 dealId,uint8 leg,bytes32 deliverable,address occupant)");
        return digestIn(
            escrow.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, dealId, i, deliverable, occupant))
        );
    }

    function acceptDigest(bytes32 dealId, uint256 i, uint8 rating) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Accept(bytes32 dealId,uint8 leg,uint8 rating)");
        return digestIn(escrow.DOMAIN_SEPARATOR(), keccak256(abi.encode(typeHash, dealId, i, rating)));
    }

    function stateOf(bytes32 dealId, uint256 i) internal view returns (LegState) {
        (uint8 state,,,) = escrow.legState(dealId, i);
        return LegState(state);
    }

    function inState(bytes32 dealId, uint256 i, LegState want) internal view {
        eq(uint256(stateOf(dealId, i)), uint256(want), "state");
    }
}
